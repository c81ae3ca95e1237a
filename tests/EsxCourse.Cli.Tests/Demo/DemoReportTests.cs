using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests.Demo;

/// <summary>The report in a real browser with the network off.</summary>
[Collection(DemoRun.Shared)]
public sealed class DemoReportTests(DemoRun demo, Browser browser) : IClassFixture<Browser>
{
    private const float DrawingLimit = 30_000;

    private const string Drawn =
        "[...document.querySelectorAll('.esx-chart')].every(c => c.querySelector('.main-svg, canvas')) && [...document.querySelectorAll('.mermaid')].every(m => m.querySelector('svg'))";

    // A page is opened once, and everything about it is asked then: a browser page costs more than a question.
    [Fact]
    public async Task Every_page_draws_its_charts_and_maps_fits_a_projector_and_a_phone_links_to_what_is_there_and_complains_of_nothing()
    {
        List<string> faults = [];
        int charts = 0, maps = 0;
        foreach (string file in Directory.EnumerateFiles(demo.Folder, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(demo.Folder, file);
            await using WatchedPage watched = await browser.OpenAsync(file);
            await watched.Page.WaitForFunctionAsync(Drawn, options: new PageWaitForFunctionOptions { Timeout = DrawingLimit });
            foreach (ILocator chart in await watched.Page.Locator(".esx-chart").AllAsync())
            {
                // A trace is a group of the plotting layer; an empty chart has axes, but none of these.
                charts++;
                if (await chart.Locator(".trace path, .trace .point, .bars path, .heatmaplayer image, .scatterlayer path").CountAsync() == 0)
                    faults.Add($"{name}: a chart is empty");
            }

            foreach (ILocator map in await watched.Page.Locator(".mermaid").AllAsync())
            {
                maps++;
                if (await map.Locator("svg").CountAsync() != 1)
                    faults.Add($"{name}: a map is no picture");
            }

            string[] links = await watched.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => h.startsWith('file:'))");
            faults.AddRange(links.Where(link => !File.Exists(new Uri(link).LocalPath)).Select(link => $"{name} links to {link}"));
            foreach (int width in (int[])[1280, 390])
            {
                await watched.Page.SetViewportSizeAsync(width, 720);
                await watched.Page.WaitForFunctionAsync(Drawn, options: new PageWaitForFunctionOptions { Timeout = DrawingLimit });
                int overhang = await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (overhang > 0)
                    faults.Add($"{name} is {overhang} px too wide at {width} px");
            }

            faults.AddRange(watched.Complaints.Select(complaint => $"{name}: {complaint}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(charts >= 5 && maps >= 2, $"{charts} charts, {maps} maps: two lectures should show at least five and two");
    }
}
