namespace EsxCourse.Notebooks;

/// <summary>A set of pages in one look, with a navigation between them. Style and scripts lie beside them, once, in <c>assets/</c>.</summary>
/// <param name="title">The name of the site as plain text, shown on every page.</param>
public sealed class HtmlSite(string title)
{
    private readonly List<HtmlPage> pages = [];

    /// <summary>The pages, in the order of the navigation.</summary>
    public IReadOnlyList<HtmlPage> Pages => pages;

    /// <summary>Adds a page at the end of the navigation.</summary>
    /// <param name="page">The page; its file name must be new, relative, and stay inside the site.</param>
    /// <exception cref="ArgumentException">Another page has that file name, or it leads out of the site.</exception>
    public void Add(HtmlPage page)
    {
        if (page.FileName.Split('/').Any(part => part is "" or "." or "..") || page.FileName.Contains('\\', StringComparison.Ordinal))
            throw new ArgumentException($"A page's file name is relative with '/' between folders, not '{page.FileName}'.", nameof(page));
        if (pages.Any(other => string.Equals(other.FileName, page.FileName, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"The site has a page '{page.FileName}' already.", nameof(page));
        pages.Add(page);
    }

    /// <summary>Writes every page and the assets that the pages need. Files of the same names are replaced, others stay.</summary>
    /// <param name="folder">The site's folder; made if missing.</param>
    public void WriteTo(string folder)
    {
        string assets = Path.Combine(folder, "assets");
        Directory.CreateDirectory(assets);
        File.WriteAllText(Path.Combine(assets, HtmlFrame.StyleFile), HtmlFrame.Style);
        foreach (OfflineScript script in pages.SelectMany(page => OfflineScripts.NeededBy(page.Body)).Distinct())
        {
            using Stream from = script.Open();
            using FileStream to = File.Create(Path.Combine(assets, script.FileName));
            from.CopyTo(to);
        }

        foreach (HtmlPage page in pages)
        {
            string file = Path.Combine([folder, .. page.FileName.Split('/')]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, HtmlFrame.Render(page, title, pages, singleFile: false));
        }
    }
}
