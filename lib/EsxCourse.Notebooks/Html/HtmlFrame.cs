using System.Net;
using System.Text;

namespace EsxCourse.Notebooks;

/// <summary>What stands around every page: head, style, scripts, navigation. Nothing in it asks the network.</summary>
internal static class HtmlFrame
{
    public const string StyleFile = "esx.css";

    public const string ScriptFile = "site.js";
    public const string SearchFile = "search.js";

    private static readonly Lazy<string> Theme = new(() => Resource("theme.css"));

    public static string Style => Theme.Value;

    public static string Resource(string name)
    {
        using StreamReader reader = new(typeof(HtmlFrame).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    public static string Render(HtmlPage page, string siteTitle, IReadOnlyList<HtmlPage> pages, bool singleFile)
    {
        string root = string.Concat(Enumerable.Repeat("../", page.FileName.Count(c => c == '/')));
        IReadOnlyList<OfflineScript> scripts = OfflineScripts.NeededBy(page.Body);
        string title = page.Title == siteTitle ? siteTitle : $"{page.Title} · {siteTitle}";
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<link rel=\"icon\" href=\"data:,\">\n")
            .Append($"<title>{Text(title)}</title>\n");
        html.Append(singleFile ? $"<style>\n{Style}</style>\n" : $"<link rel=\"stylesheet\" href=\"{root}assets/{StyleFile}\">\n");
        foreach (OfflineScript script in scripts)
            html.Append(singleFile ? $"<script>\n{script.Text}\n</script>\n" : $"<script src=\"{root}assets/{script.FileName}\"></script>\n");
        html.Append("</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n");

        List<HtmlPage> listed = [.. pages.Where(other => other.InNavigation)];
        if (listed.Count > 1)
            html.Append(Navigation(page, siteTitle, listed, root));
        html.Append("<main id=\"content\">\n");
        if (page.ShowsTitle)
            html.Append($"<h1>{Text(page.Title)}</h1>\n");
        html.Append(page.Body).Append("\n</main>\n");
        if (listed.Count > 1)
            html.Append(Neighbours(page, listed, root));
        if (scripts.Contains(OfflineScripts.Mermaid))
            html.Append($"<script>{OfflineScripts.DrawMermaid}</script>\n");
        if (listed.Count > 1)
            html.Append($"<script src=\"{root}assets/{ScriptFile}\" data-root=\"{root}\"></script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static string Navigation(HtmlPage page, string siteTitle, List<HtmlPage> listed, string root)
    {
        StringBuilder html = new($"<nav class=\"site\" aria-label=\"Pages\">\n<span class=\"site-title\">{Text(siteTitle)}</span>\n<ul>\n");
        foreach (HtmlPage other in listed)
            html.Append($"<li><a href=\"{root}{Link(other.FileName)}\"{(other == page ? " aria-current=\"page\"" : "")}>{Text(other.Label)}</a></li>\n");
        // The list of what was found comes behind the box, so that the keyboard goes from one to the other.
        return html.Append("</ul>\n<form id=\"site-search\" role=\"search\"><input type=\"search\" placeholder=\"Search ( / )\" aria-label=\"Search the pages\" autocomplete=\"off\"><ul hidden></ul><span role=\"status\"></span></form>\n")
            .Append("<button type=\"button\" id=\"site-theme\">Dark</button>\n</nav>\n").ToString();
    }

    private static string Neighbours(HtmlPage page, List<HtmlPage> listed, string root)
    {
        int at = listed.IndexOf(page);
        if (at < 0)
            return "";
        StringBuilder html = new("<nav class=\"neighbours\" aria-label=\"Previous and next page\">\n");
        if (at > 0)
            html.Append($"<a rel=\"prev\" href=\"{root}{Link(listed[at - 1].FileName)}\">← {Text(listed[at - 1].Label)}</a>\n");
        if (at + 1 < listed.Count)
            html.Append($"<a rel=\"next\" href=\"{root}{Link(listed[at + 1].FileName)}\">{Text(listed[at + 1].Label)} →</a>\n");
        return html.Append("</nav>\n").ToString();
    }

    public static string Text(string plain) => WebUtility.HtmlEncode(plain);

    private static string Link(string file) => string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
}
