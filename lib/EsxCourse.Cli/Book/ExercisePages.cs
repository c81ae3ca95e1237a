using System.Net;
using System.Text;
using EsxCourse.Grading.Exercises;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Book;

/// <summary>The exercise sheets: each statement with its contract and its stub; for the instructor, the reference too.</summary>
internal static class ExercisePages
{
    /// <summary>The list of exercises.</summary>
    public static HtmlPage List(ExerciseCatalog exercises)
    {
        StringBuilder html = new("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">exercise</th><th scope=\"col\">points</th><th scope=\"col\">try it with</th></tr></thead>\n<tbody>\n");
        foreach (Exercise exercise in exercises.Exercises)
            html.Append($"<tr><th scope=\"row\"><a href=\"{CourseBook.Exercises}/{exercise.Slug}.html\">{Text(exercise.Slug[..2])} {Text(exercise.Title)}</a></th><td class=\"number\">{exercise.MaxPoints}</td><td><code>esx exercise check {Text(exercise.StubFile)}</code></td></tr>\n");
        return new HtmlPage("exercises.html", "Exercises", html.Append("</tbody>\n</table></div>\n").ToString());
    }

    /// <summary>One sheet.</summary>
    public static HtmlPage Sheet(Exercise exercise, bool forInstructor)
    {
        StringBuilder html = new(new MarkdownProse().ToHtml(File.ReadAllText(Path.Combine(exercise.Folder, "README.md")), exercise.Folder));
        Code(html, "The contract", Path.Combine(exercise.Folder, "Contract.cs"));
        Code(html, "What you begin with", exercise.StubPath);
        if (forInstructor)
            Code(html, "The reference, for the instructor", exercise.ReferencePath);
        return new HtmlPage($"{CourseBook.Exercises}/{exercise.Slug}.html", exercise.Title, html.ToString()) { ShowsTitle = false, InNavigation = false };
    }

    private static void Code(StringBuilder html, string title, string file)
    {
        if (File.Exists(file))
            html.Append($"<details><summary>{title}: <code>{Text(Path.GetFileName(file))}</code></summary>\n<pre tabindex=\"0\"><code>{CSharpColours.ToHtml(File.ReadAllText(file))}</code></pre></details>\n");
    }

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);
}
