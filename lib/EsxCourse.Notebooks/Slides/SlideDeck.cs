using System.Text;

namespace EsxCourse.Notebooks;

// A notebook as slides for the stage. A heading of the first or second level begins a slide to the right, one of the third level and every cell that
// shows something a slide below it: right goes on to the next topic, down goes into it. The code stands over its output, small; what
// a cell shows is large. Nothing is left out: a slide that is too long scrolls.

/// <summary>A notebook, executed, as a page of slides (reveal.js).</summary>
/// <param name="FileName">Where the page lies in its site, with <c>/</c> between folders.</param>
/// <param name="Title">The notebook's title.</param>
/// <param name="Topics">The slides: those of a topic lie below each other.</param>
public sealed record SlideDeck(string FileName, string Title, IReadOnlyList<IReadOnlyList<string>> Topics)
{
    /// <summary>Cuts a notebook into slides.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    /// <param name="fileName">Where the page is to lie in its site.</param>
    public static SlideDeck Of(NotebookDocument notebook, string fileName)
    {
        MarkdownProse prose = new();
        OutputHtml outputs = new(prose);
        string? folder = notebook.Path is null ? null : Path.GetDirectoryName(notebook.Path);
        List<List<string>> topics = [];
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (cell.Kind == CellKind.Markdown)
                foreach ((int level, string text) in Sections(cell.Source))
                    Add(topics, level, prose.ToHtml(text, folder, cell.Attachments));
            else if (cell.Kind == CellKind.Code && Shown(cell, outputs) is { Length: > 0 } html)
                Add(topics, level: 3, html);
        }

        return new SlideDeck(fileName, notebook.Title, topics);
    }

    internal string Render(string root)
    {
        StringBuilder slides = new();
        foreach (IReadOnlyList<string> topic in Topics)
            slides.Append("<section>\n").AppendJoin("", topic.Select(slide => $"<section><div class=\"slide\">{slide}</div></section>\n")).Append("</section>\n");
        string body = slides.ToString();
        StringBuilder html = new("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        html.Append($"<title>{HtmlFrame.Text(Title)}: slides</title>\n");
        foreach (string style in (string[])[OfflineScripts.RevealStyleFile, HtmlFrame.StyleFile, StyleFile])
            html.Append($"<link rel=\"stylesheet\" href=\"{root}assets/{style}\">\n");
        foreach (OfflineScript script in (OfflineScript[])[.. OfflineScripts.NeededBy(body), OfflineScripts.Reveal])
            html.Append($"<script src=\"{root}assets/{script.FileName}\"></script>\n");
        return html.Append("</head>\n<body class=\"slides-page drawing\">\n<main class=\"reveal\"><div class=\"slides\">\n").Append(body).Append("</div></main>\n")
            .Append($"<script src=\"{root}assets/{ScriptFile}\"></script>\n</body>\n</html>\n").ToString();
    }

    internal const string StyleFile = "slides.css", ScriptFile = "slides.js";

    private static void Add(List<List<string>> topics, int level, string html)
    {
        if (level <= 2 || topics.Count == 0)
            topics.Add([]);
        topics[^1].Add(html);
    }

    // A cell of prose may hold several headings; each begins a slide. Prose without one goes on as a slide below.
    private static IEnumerable<(int Level, string Text)> Sections(string markdown)
    {
        int level = 3;
        StringBuilder text = new();
        bool code = false;
        foreach (string line in markdown.Split('\n'))
        {
            code ^= line.StartsWith("```", StringComparison.Ordinal);
            int hashes = code ? 0 : line.TakeWhile(c => c == '#').Count();
            if (hashes is >= 1 and <= 3 && line.Length > hashes && line[hashes] == ' ')
            {
                if (text.ToString().Trim().Length > 0)
                    yield return (level, text.ToString());
                text.Clear();
                level = hashes;
            }

            text.Append(line).Append('\n');
        }

        if (text.ToString().Trim().Length > 0)
            yield return (level, text.ToString());
    }

    private static string Shown(NotebookCell cell, OutputHtml outputs)
    {
        string shown = string.Join('\n', OutputHtml.Joined(cell.Outputs).Select(outputs.Render));
        bool onlyShows = Dialect.MagicOn(cell.Source.Split('\n')[0]) is { } magic && Dialect.KernelNamed(magic.Name) is "mermaid" or "html" or "markdown";
        if (onlyShows || cell.Source.StartsWith("#r ", StringComparison.Ordinal))
            return shown;
        return cell.Source.Length == 0 ? shown : $"<pre class=\"slide-code\" tabindex=\"0\"><code>{CSharpColours.ToHtml(cell.Source)}</code></pre>\n{shown}";
    }
}
