using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests.Quizzes;

/// <summary>The pages that the quiz verbs write, in a real browser at 390 px, by keyboard, without a network, and looked at by axe-core.</summary>
public sealed class PracticePageTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<string> WriteAsync(string topic, string format, params string[] more)
    {
        string file = folder.File($"{topic}-{format}.html");
        EsxRun run = await EsxProgram.RunAsync(["quiz", "export", topic, "--format", format, "--out", file, .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return file;
    }

    [Theory]
    [InlineData("page-sharing", "html")]
    [InlineData("reclamation", "html")]
    [InlineData("memory-virtualization", "print")]
    public async Task A_page_has_no_serious_fault_and_fits_a_phone(string topic, string format)
    {
        await using WatchedPage watched = await browser.OpenAsync(await WriteAsync(topic, format), width: 390, height: 844);
        Assert.Empty(await Axe.SeriousFaultsAsync(watched.Page));
        Assert.False(await watched.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "wider than the window");
        await watched.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Path("artifacts", "screenshots", $"quiz-{topic}-{format}-390.png"), FullPage = true });
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task After_an_answer_the_page_still_has_no_serious_fault()
    {
        await using WatchedPage watched = await browser.OpenAsync(await WriteAsync("ballooning", "html"), width: 390, height: 844);
        await watched.Page.Locator("form[data-type=single] input").First.CheckAsync();
        await watched.Page.Locator("form[data-type=single] button").First.ClickAsync();
        await Assertions.Expect(watched.Page.Locator("form[data-type=single] .verdict").First).ToContainTextAsync("ight");
        Assert.Empty(await Axe.SeriousFaultsAsync(watched.Page));
    }

    [Fact]
    public async Task A_question_is_answered_with_the_keyboard_alone_and_the_verdict_is_announced()
    {
        await using WatchedPage watched = await browser.OpenAsync(await WriteAsync("paging", "html"), width: 390, height: 844);
        ILocator form = watched.Page.Locator("form[data-type=single]").First;
        await form.Locator("input").First.FocusAsync();
        await watched.Page.Keyboard.PressAsync("Space");
        await watched.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(1, await form.Locator("input:checked").CountAsync());
        await watched.Page.Keyboard.PressAsync("Tab");
        await watched.Page.Keyboard.PressAsync("Enter");
        ILocator verdict = form.Locator("[role=status]");
        await Assertions.Expect(verdict).ToContainTextAsync("ight");
        Assert.Matches("OSDI|slide", await verdict.InnerTextAsync());
    }
}
