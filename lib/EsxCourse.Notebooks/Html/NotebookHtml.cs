using System.Text;

namespace EsxCourse.Notebooks;

/// <summary>A notebook, executed or not, as a page: prose, coloured code, outputs.</summary>
/// <remarks>
/// The source of a cell that only makes something to look at (<c>#!mermaid</c>, <c>#!html</c>, <c>#!markdown</c>) is folded away when it has output.
/// A page of more than three sections opens with their list.
/// </remarks>
public static class NotebookHtml
{
    /// <summary>Makes the page.</summary>
    /// <param name="notebook">What to show; its own first heading is the page's title.</param>
    /// <param name="fileName">Where the page lies in its site.</param>
    public static HtmlPage ToPage(NotebookDocument notebook, string fileName)
    {
        MarkdownProse prose = new();
        OutputHtml outputs = new(prose);
        string? folder = notebook.Path is null ? null : Path.GetDirectoryName(notebook.Path);
        List<string> parts = [];
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            NotebookCell cell = notebook.Cells[i];
            parts.Add(cell.Kind switch
            {
                CellKind.Markdown => $"<section class=\"prose\">\n{prose.ToHtml(cell.Source, folder, cell.Attachments)}</section>",
                CellKind.Code => Code(cell, i + 1, outputs),
                _ => $"<pre tabindex=\"0\">{HtmlFrame.Text(cell.Source)}</pre>",
            });
        }

        bool ownTitle = prose.Headings.Count > 0 && prose.Headings[0].Level == 1;
        string contents = Contents(prose.Headings);
        int after = ownTitle ? parts.FindIndex(part => part.Contains("<h1", StringComparison.Ordinal)) + 1 : 0;
        if (contents.Length > 0)
            parts.Insert(after, contents);
        return new HtmlPage(fileName, notebook.Title, string.Join('\n', parts)) { ShowsTitle = !ownTitle };
    }

    private static string Code(NotebookCell cell, int number, OutputHtml outputs)
    {
        if (cell.Source.Length == 0 && cell.Outputs.Count == 0)
            return "";
        StringBuilder html = new($"<div class=\"cell\" id=\"cell-{number}\">\n");
        string source = $"<div class=\"cell-source\"><pre tabindex=\"0\" aria-label=\"Code of cell {number}\"><code>{CSharpColours.ToHtml(cell.Source)}</code></pre></div>\n";
        bool folded = cell.Outputs.Count > 0 && Dialect.MagicOn(cell.Source.Split('\n')[0]) is { } magic && Dialect.KernelNamed(magic.Name) is "mermaid" or "html" or "markdown";
        html.Append(folded ? $"<details><summary class=\"soft\">source</summary>{source}</details>\n" : source);
        if (cell.Outputs.Count > 0)
        {
            html.Append($"<div class=\"cell-output\" role=\"group\" aria-label=\"Output of cell {number}\">\n");
            foreach (CellOutput output in OutputHtml.Joined(cell.Outputs))
                html.Append(outputs.Render(output)).Append('\n');
            html.Append("</div>\n");
        }

        return html.Append("</div>").ToString();
    }

    private static string Contents(IReadOnlyList<(int Level, string Id, string Text)> headings)
    {
        List<(int Level, string Id, string Text)> sections = [.. headings.Where(heading => heading.Level == 2)];
        return sections.Count <= 3 ? "" :
            "<nav class=\"contents\" aria-label=\"On this page\"><strong>On this page</strong>\n<ul>\n" +
            string.Concat(sections.Select(section => $"<li><a href=\"#{section.Id}\">{HtmlFrame.Text(section.Text)}</a></li>\n")) + "</ul></nav>";
    }
}
