using System.Text;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EsxCourse.Notebooks;

/// <summary>Prose to HTML by Markdig. Headings get ids that are unique on the page; pictures beside the notebook or attached to the cell come into the page.</summary>
/// <remarks>One object for a page: it remembers the ids it has given and the headings, for the table of contents.</remarks>
public sealed class MarkdownProse
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseFootnotes().UseTaskLists().UseAutoLinks().UseEmphasisExtras().UseDefinitionLists().UseListExtras().Build();

    private readonly HashSet<string> ids = new(StringComparer.Ordinal) { "content" };
    private readonly List<(int Level, string Id, string Text)> headings = [];

    /// <summary>The headings met so far: level 1 to 6, id, plain text.</summary>
    public IReadOnlyList<(int Level, string Id, string Text)> Headings => headings;

    /// <summary>Prose as HTML. HTML inside the prose is kept.</summary>
    /// <param name="markdown">The prose.</param>
    /// <param name="folder">Where relative pictures lie, or null to leave them as links.</param>
    /// <param name="attachments">The cell's attached files, or null.</param>
    public string ToHtml(string markdown, string? folder = null, JsonObject? attachments = null)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Pipeline);
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>())
        {
            string text = PlainText(heading.Inline);
            string id = FreeId(text);
            heading.GetAttributes().Id = id;
            headings.Add((heading.Level, id, text));
        }

        foreach (LinkInline picture in document.Descendants<LinkInline>().Where(link => link.IsImage))
            picture.Url = Inlined(picture.Url ?? "", folder, attachments);

        using StringWriter writer = new();
        HtmlRenderer renderer = new(writer);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return writer.ToString();
    }

    private string FreeId(string text)
    {
        StringBuilder slug = new();
        foreach (char c in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        string wanted = slug.ToString().Trim('-') is { Length: > 0 } word ? word : "section";
        string id = wanted;
        for (int again = 2; !ids.Add(id); again++)
            id = $"{wanted}-{again}";
        return id;
    }

    private static string PlainText(ContainerInline? inlines) =>
        inlines is null ? "" : string.Concat(inlines.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            LineBreakInline => " ",
            _ => "",
        }));

    private static string Inlined(string url, string? folder, JsonObject? attachments)
    {
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
            return attachments?[Uri.UnescapeDataString(url[11..])] is JsonObject file && file.FirstOrDefault() is { Key: string mime, Value: JsonNode data }
                ? $"data:{mime};base64,{string.Concat(data.ToString().Where(c => !char.IsWhiteSpace(c)))}" : url;
        if (folder is null || url.Length == 0 || url.Contains(':', StringComparison.Ordinal) || url.StartsWith('/'))
            return url;
        string path = Path.Combine(folder, Uri.UnescapeDataString(url));
        string? type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".svg" => "image/svg+xml",
            ".webp" => "image/webp",
            _ => null,
        };
        return type is not null && File.Exists(path) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : url;
    }
}
