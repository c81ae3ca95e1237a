namespace EsxCourse.Notebooks;

/// <summary>A set of pages in one look, with a navigation between them. Style and scripts lie beside them, once, in <c>assets/</c>.</summary>
/// <param name="title">The name of the site as plain text, shown on every page.</param>
public sealed class HtmlSite(string title)
{
    private readonly List<HtmlPage> pages = [];
    private readonly List<SlideDeck> decks = [];

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

    /// <summary>Adds slides. They are not in the navigation: a page links to them.</summary>
    /// <param name="deck">The slides.</param>
    public void Add(SlideDeck deck) => decks.Add(deck);

    /// <summary>Writes every page and the assets that the pages need. Files of the same names are replaced, others stay.</summary>
    /// <param name="folder">The site's folder; made if missing.</param>
    public void WriteTo(string folder)
    {
        string assets = Path.Combine(folder, "assets");
        Directory.CreateDirectory(assets);
        File.WriteAllText(Path.Combine(assets, HtmlFrame.StyleFile), HtmlFrame.Style);
        File.WriteAllText(Path.Combine(assets, HtmlFrame.ScriptFile), HtmlFrame.Resource(HtmlFrame.ScriptFile));
        File.WriteAllText(Path.Combine(assets, HtmlFrame.SearchFile), SiteSearch.Script(pages));
        if (decks.Count > 0)
            foreach (string file in (string[])[SlideDeck.StyleFile, SlideDeck.ScriptFile, OfflineScripts.RevealStyleFile])
                File.WriteAllText(Path.Combine(assets, file), HtmlFrame.Resource(file));
        IEnumerable<OfflineScript> needed = pages.SelectMany(page => OfflineScripts.NeededBy(page.Body)).Concat(decks.Count > 0 ? [OfflineScripts.Reveal] : []);
        foreach (OfflineScript script in needed.Distinct())
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

        foreach (SlideDeck deck in decks)
        {
            string file = Path.Combine([folder, .. deck.FileName.Split('/')]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, deck.Render(string.Concat(Enumerable.Repeat("../", deck.FileName.Count(c => c == '/')))));
        }
    }
}
