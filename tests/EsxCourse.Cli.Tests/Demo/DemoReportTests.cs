using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests.Demo;

/// <summary>The report in a real browser with the network off.</summary>
public sealed class DemoReportTests(DemoRun demo, Browser browser) : IClassFixture<DemoRun>, IClassFixture<Browser>
{
    private const float DrawingLimit = 30_000;

    [Fact]
    public async Task Every_page_loads_without_an_error_and_without_a_failed_request()
    {
        foreach (string file in Pages())
        {
            await using WatchedPage watched = await OpenDrawnAsync(file);
            Assert.True(watched.Complaints.Length == 0, $"{file}: {string.Join("; ", watched.Complaints)}");
        }
    }

    [Fact]
    public async Task Every_chart_has_drawn_its_data()
    {
        int charts = 0;
        foreach (string file in Pages())
        {
            await using WatchedPage watched = await OpenDrawnAsync(file);
            foreach (ILocator chart in await watched.Page.Locator(".esx-chart").AllAsync())
            {
                // A trace is a group of the plotting layer; an empty chart has axes, but none of these.
                int marks = await chart.Locator(".trace path, .trace .point, .bars path, .heatmaplayer image, .scatterlayer path").CountAsync();
                Assert.True(marks > 0, $"{file}: chart {charts + 1} is empty.");
                charts++;
            }
        }

        Assert.True(charts >= 5, $"Two lectures should show at least five charts, they show {charts}.");
    }

    [Fact]
    public async Task Every_mermaid_drawing_is_a_picture()
    {
        int drawings = 0;
        foreach (string file in Pages())
        {
            await using WatchedPage watched = await OpenDrawnAsync(file);
            foreach (ILocator drawing in await watched.Page.Locator(".mermaid").AllAsync())
            {
                Assert.Equal(1, await drawing.Locator("svg").CountAsync());
                drawings++;
            }
        }

        Assert.True(drawings >= 2, $"Each lecture should have a map, the report has {drawings}.");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task No_page_scrolls_sideways(int width)
    {
        foreach (string file in Pages())
        {
            await using WatchedPage watched = await OpenDrawnAsync(file, width);
            int overhang = await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overhang <= 0, $"{file} is {overhang} px too wide at {width} px.");
        }
    }

    [Fact]
    public async Task Every_link_between_the_pages_leads_somewhere()
    {
        foreach (string file in Pages())
        {
            await using WatchedPage watched = await OpenDrawnAsync(file);
            string[] links = await watched.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => h.startsWith('file:'))");
            Assert.All(links, link => Assert.True(File.Exists(new Uri(link).LocalPath), $"{file} links to {link}."));
        }
    }

    private string[] Pages() => [.. Directory.EnumerateFiles(demo.Folder, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Opens a page and waits until each chart and drawing on it has been drawn, or time is up.</summary>
    private async Task<WatchedPage> OpenDrawnAsync(string file, int width = 1280)
    {
        WatchedPage watched = await browser.OpenAsync(file, width);
        await watched.Page.WaitForFunctionAsync(
            "[...document.querySelectorAll('.esx-chart')].every(c => c.querySelector('.main-svg, canvas')) && [...document.querySelectorAll('.mermaid')].every(m => m.querySelector('svg'))",
            options: new PageWaitForFunctionOptions { Timeout = DrawingLimit });
        return watched;
    }
}
