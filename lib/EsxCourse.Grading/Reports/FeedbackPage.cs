using System.Net;
using System.Text;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Reports;

/// <summary>What one student reads about one submission, as Markdown and as a page that needs nothing else.</summary>
/// <remarks>Names, messages and file names are the student's own text: they were cut to one plain line when read, and are escaped here.</remarks>
public static class FeedbackPage
{
    /// <summary>The page's style, shared with the class's table.</summary>
    internal const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
        + "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #ddd}"
        + "td.n{text-align:right;white-space:nowrap}.passed{color:#17692e}.lost{color:#9b1c1c}small{color:#555}code{background:#f3f3f3;padding:0 .2em}";

    /// <summary>Writes the feedback as Markdown.</summary>
    /// <param name="report">What became of the submission.</param>
    /// <param name="exercise">The exercise that it answers.</param>
    /// <returns>The document.</returns>
    public static string Markdown(SubmissionReport report, Exercise exercise)
    {
        StringBuilder text = new();
        text.Append($"# {Escape(report.Student)}: {exercise.Title}\n\n**{report.Points} of {report.Max} points.** {VerdictText(report.Verdict)}\n\n");
        if (report.Unsafe)
            text.Append($"**{SubmissionReport.UnsafeStamp}**\n\n");
        if (!report.CompileErrors.IsEmpty)
        {
            text.Append("The compiler says:\n\n");
            foreach (CompileError error in report.CompileErrors)
                text.Append($"- {Escape(error.ToString())}\n");
            text.Append('\n');
        }

        text.Append("| check | points | what happened |\n|---|---|---|\n");
        foreach (CheckReport check in report.Checks)
            text.Append($"| {check.Name} | {check.Points} of {check.Max} | {Escape(check.Reason)}{(check.Hint is string hint ? $" *Hint:* {hint}" : "")} |\n");
        foreach (string note in report.Notes)
            text.Append($"\n{Escape(note)}\n");
        if (report.Score is { IsWorthTelling: true } score)
        {
            text.Append("\n## What it comes to\n\n");
            foreach (string line in Score(score))
                text.Append($"- {Escape(line)}\n");
        }

        return text.ToString();

        static string Escape(string plain)
        {
            StringBuilder escaped = new();
            foreach (char c in plain)
                escaped.Append(c is '\\' or '`' or '*' or '_' or '|' or '<' or '>' or '[' or ']' or '#' or '!' ? $"\\{c}" : c.ToString());
            return escaped.ToString();
        }
    }

    /// <summary>Writes the feedback as a page.</summary>
    /// <param name="report">What became of the submission.</param>
    /// <param name="exercise">The exercise that it answers.</param>
    /// <returns>The document; it loads nothing and runs no script.</returns>
    public static string Html(SubmissionReport report, Exercise exercise)
    {
        StringBuilder html = new();
        html.Append($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Escape(report.Student)}: {Escape(exercise.Title)}</title><style>{Style}</style></head><body>\n");
        html.Append($"<h1>{Escape(report.Student)}: {Escape(exercise.Title)}</h1>\n<p><strong>{report.Points} of {report.Max} points.</strong> {VerdictText(report.Verdict)}</p>\n");
        if (report.Unsafe)
            html.Append($"<p class=\"lost\"><strong>{SubmissionReport.UnsafeStamp}</strong></p>\n");
        if (!report.CompileErrors.IsEmpty)
        {
            html.Append("<p>The compiler says:</p>\n<ul>\n");
            foreach (CompileError error in report.CompileErrors)
                html.Append($"<li><code>{Escape(error.ToString())}</code></li>\n");
            html.Append("</ul>\n");
        }

        html.Append("<table><thead><tr><th>check</th><th>points</th><th>what happened</th></tr></thead><tbody>\n");
        foreach (CheckReport check in report.Checks)
            html.Append($"<tr><td>{Escape(check.Name)}</td><td class=\"n {(check.Points == check.Max ? "passed" : "lost")}\">{check.Points} of {check.Max}</td>")
                .Append($"<td>{Escape(check.Reason)}{(check.Hint is string hint ? $"<br><small>Hint: {Escape(hint)}</small>" : "")}</td></tr>\n");
        html.Append("</tbody></table>\n");
        foreach (string note in report.Notes)
            html.Append($"<p>{Escape(note)}</p>\n");
        if (report.Score is { IsWorthTelling: true } score)
        {
            html.Append("<h2>What it comes to</h2>\n<ul>\n");
            foreach (string line in Score(score))
                html.Append($"<li>{Escape(line)}</li>\n");
            html.Append("</ul>\n");
        }

        return html.Append("</body></html>\n").ToString();
    }

    /// <summary>Attempts, lateness and what a person changed, in sentences.</summary>
    private static IEnumerable<string> Score(ScoreReport score) =>
        score.Explanation.SelectMany(PlainLines).Prepend(score.Counts || score.Attempts == 0 ? "" : "Another of your attempts counts, not this one.").Where(line => line.Length > 0);

    private static string[] PlainLines(string text) => [.. text.Split('\n').Select(line => PlainText.Line(line, 1000))];

    internal static string Escape(string plain) => WebUtility.HtmlEncode(plain);

    internal static string VerdictText(Verdict verdict) => verdict switch
    {
        Verdict.Graded => "All checks ran.",
        Verdict.SubmissionFailed => "The submission failed: at least one check got no answer from it.",
        Verdict.RanOutOfLimits => "The submission ran out of a limit.",
        _ => "The grader broke: these points say nothing, and the submission must be graded again.",
    };
}
