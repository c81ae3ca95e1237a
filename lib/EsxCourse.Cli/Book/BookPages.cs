using System.Net;
using System.Text;
using EsxCourse.Kernel;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Book;

/// <summary>The book's first page, and the instructor's plan.</summary>
internal static class BookPages
{
    /// <summary>The page that the book opens with.</summary>
    public static HtmlPage Overview(NotebookRun[] runs, LecturePlan plan)
    {
        StringBuilder html = new("<p>Memory management in VMware ESX Server, as a lecture to run: every picture below was made by the memory manager when this book was made. The pages need no network; the controls in them need no kernel.</p>\n");
        html.Append("<h2 id=\"lectures\">Lectures</h2>\n<div class=\"cards\">\n");
        foreach (NotebookRun run in runs)
        {
            string name = LectureRuns.NameOf(run.Document);
            html.Append($"<section class=\"card\"><h3><a href=\"{CourseBook.Lectures}/{name}.html\">{Text(run.Document.Title)}</a></h3>\n");
            if (plan.Of(name).Select(slide => Text(slide.Slide)).ToArray() is { Length: > 0 } slides)
                html.Append($"<p class=\"soft\">{string.Join("; ", slides)}</p>\n");
            html.Append($"<p><a href=\"{CourseBook.Slides}/{name}.html\">As slides</a></p></section>\n");
        }

        return new HtmlPage("index.html", "EsxCourse", html.Append("</div>\n").ToString()) { Label = "Overview" };
    }

    /// <summary>What the navigation calls a lecture: <c>02 ballooning</c>.</summary>
    public static string ShortTitle(string name) => name.Replace('-', ' ');

    /// <summary>The line over a lecture that leads to its slides.</summary>
    public static string SlidesLink(string name) => $"<p class=\"soft\"><a href=\"../{CourseBook.Slides}/{name}.html\">This lecture as slides</a></p>\n";

    /// <summary>The instructor's plan: slide by slide, minutes and cells.</summary>
    public static HtmlPage Plan(LecturePlan plan)
    {
        StringBuilder html = new($"<p>{plan.Slides.Sum(slide => slide.Minutes)} minutes in all, predictions and their discussion included. Run a lecture once before the hour: the first run compiles.</p>\n");
        foreach (IGrouping<string, PlannedSlide> lecture in plan.Slides.GroupBy(slide => slide.Notebook))
        {
            html.Append($"<h2 id=\"{lecture.Key}\"><a href=\"{CourseBook.Lectures}/{lecture.Key}.html\">{Text(ShortTitle(lecture.Key))}</a>, {lecture.Sum(slide => slide.Minutes)} minutes</h2>\n");
            html.Append("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">minutes</th><th scope=\"col\">slide</th><th scope=\"col\">line</th><th scope=\"col\">cells</th></tr></thead>\n<tbody>\n");
            foreach (PlannedSlide slide in lecture)
            {
                (string Line, IEnumerable<string> Cells)[] lines = [.. slide.Lines.Select(line => (line.Line, line.Cells.AsEnumerable()))];
                if (lines.Length == 0)
                    lines = [.. plan.DeepenedBy(lecture.Key)];
                for (int i = 0; i < lines.Length; i++)
                    html.Append($"<tr><td class=\"number\">{(i == 0 ? $"{slide.Minutes}" : "")}</td><th scope=\"row\">{(i == 0 ? Text(slide.Slide) : "")}</th><td>{Text(lines[i].Line)}</td><td>{Text(string.Join(", ", lines[i].Cells))}</td></tr>\n");
            }

            html.Append("</tbody>\n</table></div>\n");
        }

        return new HtmlPage("plan.html", "The plan", html.ToString());
    }

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);
}
