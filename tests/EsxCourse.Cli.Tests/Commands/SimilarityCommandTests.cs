using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests.Commands;

public sealed class SimilarityCommandTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_class_is_compared_and_the_page_shows_it_side_by_side_on_a_screen_and_on_a_phone_without_a_network()
    {
        using TemporaryFolder folder = new();
        string ada = await File.ReadAllTextAsync(Repository.Path("exercises/sample-class/ada/IdleMemoryTax.cs"), TestContext.Current.CancellationToken);
        foreach (string student in new[] { "ada", "ben", "chen" })
            folder.Write($"class/{student}.cs", await File.ReadAllTextAsync(Repository.Path("exercises/sample-class", student, "IdleMemoryTax.cs"), TestContext.Current.CancellationToken));
        folder.Write("class/zoe.cs", ada.Replace("market", "everybody", StringComparison.Ordinal).Replace("victim", "who", StringComparison.Ordinal).Replace("    ", "\t", StringComparison.Ordinal));

        EsxRun run = await EsxProgram.RunAsync("similarity", folder.File("class"), "--out", folder.File("out"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("zoe share", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("out/similarity.json")));

        foreach (int width in new[] { 1280, 390 })
        {
            await using WatchedPage watched = await browser.OpenAsync(folder.File("out/similarity.html"), width);
            await watched.Page.GetByRole(AriaRole.Link, new() { Name = "ada and zoe" }).ClickAsync();
            ILocator pair = watched.Page.Locator("details[open]");
            Assert.Equal(1, await pair.CountAsync());
            Assert.True(await pair.Locator("mark").First.IsVisibleAsync());
            Assert.True(await watched.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"It is wider than {width} px.");
            Assert.Empty(await Axe.SeriousFaultsAsync(watched.Page));
            await watched.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            Assert.Empty(await Axe.SeriousFaultsAsync(watched.Page));
            Assert.Empty(watched.Complaints);
        }
    }
}
