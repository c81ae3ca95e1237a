using System.Net;
using System.Text;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Demo;

/// <summary>The bodies of the report's own pages: the overview that it opens with, and the class.</summary>
internal static class DemoReport
{
    private const string Style = """
        <style>
        .card { text-decoration: none; color: inherit; display: block; }
        .card .figure { display: block; font-size: 2.2rem; font-weight: 700; line-height: 1.2; }
        .card.good .figure { color: #17692e; } .card.bad .figure { color: #9b1c1c; }
        td.points { white-space: nowrap; }
        </style>

        """;

    /// <summary>The page that the report opens with: what ran, what was scored, who got what.</summary>
    public static HtmlPage Overview(DemoResult result)
    {
        int cells = result.Notebooks.Sum(notebook => notebook.Cells), failed = result.Notebooks.Sum(notebook => notebook.Failed);
        StringBuilder html = new(Style + "<p>Everything below was made by one command on this machine: lectures executed, a quiz scored from its answer key, and a class graded, each submission in a sandbox of its own. The pages need no network.</p>\n");
        html.Append("<div class=\"cards\">\n")
            .Append(Card("Lectures", $"{result.Notebooks.Count}", $"{cells} cells executed, {failed} failed", failed == 0, "#lectures"))
            .Append(Card("Quiz", $"{result.Quiz.Points:0.#} of {result.Quiz.Max:0.#}", "points for the answer key", result.Quiz.Points == result.Quiz.Max, result.Quiz.Page))
            .Append(Card("Class", $"{result.Submissions.Count}", $"submissions graded, {result.Submissions.Count(submission => submission.Points == submission.Max)} with full marks", good: true, "class.html"))
            .Append("</div>\n");

        html.Append("<h2 id=\"lectures\">Lectures</h2>\n<table>\n<thead><tr><th scope=\"col\">lecture</th><th scope=\"col\">cells</th><th scope=\"col\">failed</th></tr></thead>\n<tbody>\n");
        foreach (NotebookResult notebook in result.Notebooks)
        {
            string state = notebook.Failed == 0 ? "<td class=\"good\">none</td>" : $"<td class=\"bad\">{notebook.Failed}: {Text(string.Join("; ", notebook.Failures))}</td>";
            html.Append($"<tr><th scope=\"row\"><a href=\"{notebook.Page}\">{Text(notebook.Title)}</a></th><td>{notebook.Cells}</td>{state}</tr>\n");
        }

        html.Append("</tbody>\n</table>\n<h2 id=\"class\">Class</h2>\n").Append(ClassTable(result.Submissions))
            .Append("<p><a href=\"class.html\">Every check with its reason</a></p>\n");
        return new HtmlPage("index.html", "EsxCourse: the demo", html.ToString()) { Label = "Overview" };
    }

    /// <summary>The class, check by check.</summary>
    public static HtmlPage Class(IReadOnlyList<SubmissionResult> submissions)
    {
        StringBuilder html = new(Style + "<p>The checks ran outside the process that held the student's code; that process never saw an expected value or a verdict.</p>\n");
        html.Append(ClassTable(submissions));
        foreach (SubmissionResult submission in submissions)
        {
            html.Append($"<h2 id=\"{Id(submission)}\">{Text(submission.Student)}: {submission.Points:0.##} of {submission.Max:0.##}</h2>\n<p>{Text(submission.Verdict)}</p>\n");
            html.Append("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">check</th><th scope=\"col\">points</th><th scope=\"col\">reason</th></tr></thead>\n<tbody>\n");
            foreach (CheckResult check in submission.Checks)
                html.Append($"<tr><th scope=\"row\">{Text(check.Name)}</th><td class=\"points {(check.Points == check.Max ? "good" : "bad")}\">{check.Points:0.##} of {check.Max:0.##}</td><td>{Text(check.Reason)}</td></tr>\n");
            html.Append("</tbody>\n</table></div>\n");
        }

        return new HtmlPage("class.html", "The class", html.ToString());
    }

    private static string ClassTable(IReadOnlyList<SubmissionResult> submissions)
    {
        StringBuilder html = new("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">student</th><th scope=\"col\">exercise</th><th scope=\"col\">points</th><th scope=\"col\">what happened</th></tr></thead>\n<tbody>\n");
        foreach (SubmissionResult submission in submissions)
        {
            string state = submission.Points == submission.Max ? "good" : submission.Points == 0 ? "bad" : "note";
            html.Append($"<tr><th scope=\"row\"><a href=\"class.html#{Id(submission)}\">{Text(submission.Student)}</a></th><td>{Text(submission.Exercise)}</td>")
                .Append($"<td class=\"points {state}\">{submission.Points:0.##} of {submission.Max:0.##}</td><td>{Text(submission.Verdict)}</td></tr>\n");
        }

        return html.Append("</tbody>\n</table></div>\n").ToString();
    }

    private static string Card(string name, string figure, string detail, bool good, string link) =>
        $"<a class=\"card {(good ? "good" : "bad")}\" href=\"{link}\"><strong>{Text(name)}</strong> <span class=\"figure\">{Text(figure)}</span> <span>{Text(detail)}</span></a>\n";

    private static string Id(SubmissionResult submission) => "student-" + Uri.EscapeDataString(submission.Student);

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);
}
