namespace EsxCourse.Notebooks.Tests.Html;

public sealed class HtmlSiteTests : IDisposable
{
    private const string ChartBody = "<div id='c'></div><script>Plotly.newPlot('c',[])</script>";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Written(string name) => File.ReadAllText(Path.Combine(folder.Path, name));

    [Fact]
    public void A_site_ships_each_script_once_and_only_if_a_page_needs_it()
    {
        HtmlSite site = new("Site");
        site.Add(new HtmlPage("a.html", "A", ChartBody));
        site.Add(new HtmlPage("sub/b.html", "B", ChartBody));
        site.WriteTo(folder.Path);
        Assert.Equal(["esx.css", OfflineScripts.Plotly.FileName, "search.js", "site.js"], Directory.GetFiles(Path.Combine(folder.Path, "assets")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(Written("a.html").Length < 10_000);
    }

    [Fact]
    public void A_page_in_a_folder_links_back_to_the_assets_and_its_neighbours()
    {
        HtmlSite site = new("Site");
        site.Add(new HtmlPage("index.html", "Start", ""));
        site.Add(new HtmlPage("sub/b.html", "B", ChartBody));
        site.WriteTo(folder.Path);
        string page = Written("sub/b.html");
        Assert.Contains("href=\"../assets/esx.css\"", page, StringComparison.Ordinal);
        Assert.Contains("src=\"../assets/" + OfflineScripts.Plotly.FileName, page, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\" href=\"../index.html\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_knows_every_page_by_its_headings_as_plain_text()
    {
        HtmlSite site = new("Site");
        site.Add(new HtmlPage("a.html", "A", "<p>before &amp; after</p><h2 id=\"tax\">The <em>tax</em></h2><p>takes</p><script>not(this)</script>"));
        site.WriteTo(folder.Path);
        Assert.Equal(
            """window.esxSearch=[{"t":"A","h":"A","u":"a.html","x":"before \u0026 after"},{"t":"A","h":"The tax","u":"a.html#tax","x":"takes"}];""",
            Written("assets/search.js").Trim());
    }

    [Fact]
    public void A_single_file_has_style_and_scripts_inside_and_points_at_no_other()
    {
        string page = new HtmlPage("a.html", "A", ChartBody).ToSingleFile();
        Assert.Contains(OfflineScripts.Plotly.Text, page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"assets", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link rel=\"stylesheet\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_is_text_not_HTML() => Assert.Contains("<h1>a &lt; b</h1>", new HtmlPage("a.html", "a < b", "").ToSingleFile(), StringComparison.Ordinal);

    [Theory]
    [InlineData("../out.html")]
    [InlineData("/abs.html")]
    [InlineData("A.HTML")]
    public void A_page_outside_the_site_or_twice_is_refused(string name)
    {
        HtmlSite site = new("Site");
        site.Add(new HtmlPage("a.html", "A", ""));
        Assert.Throws<ArgumentException>(() => site.Add(new HtmlPage(name, "B", "")));
    }
}
