using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests.Book;

/// <summary>The book in a real browser with the network off.</summary>
public sealed class BookTests(BookRun book, Browser browser) : IClassFixture<BookRun>, IClassFixture<Browser>
{
    private const float DrawingLimit = 120_000;

    private const string Drawn =
        "[...document.querySelectorAll('.esx-chart')].every(c => c.querySelector('.main-svg, canvas')) && [...document.querySelectorAll('.mermaid')].every(m => m.querySelector('svg'))";

    // A page is opened once a width, and everything about it is asked then: a browser page costs more than a question.
    [Fact]
    public Task Every_page_draws_steps_answers_its_sliders_fits_links_to_what_is_there_and_complains_of_nothing() => LookAtEveryPageAsync(1280);

    [Fact, Trait("Category", "Soak")]
    public Task On_a_phone_too_and_everybody_can_read_them() => LookAtEveryPageAsync(390);

    private async Task LookAtEveryPageAsync(int width)
    {
        List<string> faults = [];
        int charts = 0, sliders = 0, stepViews = 0;
        foreach (string file in book.Pages)
        {
            string name = Path.GetRelativePath(book.Folder, file);
            await using WatchedPage watched = await OpenAsync(file, width);
            int overhang = await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (overhang > 0)
                faults.Add($"{name} is {overhang} px too wide");
            foreach (ILocator chart in await watched.Page.Locator(".esx-chart").AllAsync())
            {
                charts++;
                if (await chart.Locator(".trace path, .trace .point, .bars path, .heatmaplayer image, .scatterlayer path").CountAsync() == 0)
                    faults.Add($"{name}: a chart is empty");
            }

            faults.AddRange(await DeadLinksAsync(watched.Page, name));
            PageControls controls = await PageControls.TryAsync(watched.Page);
            (sliders, stepViews) = (sliders + controls.Sliders, stepViews + controls.StepViews);
            faults.AddRange(controls.Faults.Select(fault => $"{name}: {fault}"));

            // On a telephone more is scrolled and less is seen, so that is where a reader by keyboard or by ear is stopped first.
            if (width < 600)
                faults.AddRange((await Axe.SeriousFaultsAsync(watched.Page, ".esx-chart svg")).Select(fault => $"{name}: {fault}"));
            faults.AddRange(watched.Complaints.Select(complaint => $"{name}: {complaint}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(charts >= 40 && sliders >= 11 && stepViews >= 11, $"{charts} charts, {sliders} sliders, {stepViews} step views");
    }

    [Fact]
    public async Task Search_finds_a_section_and_leads_to_it_by_keyboard()
    {
        await using WatchedPage watched = await OpenAsync(Path.Combine(book.Folder, "quizzes.html"), 1280);
        await watched.Page.Keyboard.PressAsync("/");
        await watched.Page.Keyboard.TypeAsync("proportional share");
        ILocator first = watched.Page.Locator("#site-search li a").First;
        await first.WaitForAsync();
        Assert.Contains("proportional share", await first.InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        await watched.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(watched.Page).ToHaveURLAsync(new Regex("05-shares-and-tax\\.html#"));
        Assert.Empty(watched.Complaints);
    }

    [Fact]
    public async Task Dark_is_chosen_kept_from_page_to_page_and_still_readable()
    {
        await using WatchedPage watched = await OpenAsync(book.Pages.Single(page => page.EndsWith("05-shares-and-tax.html", StringComparison.Ordinal)), 1280);
        string light = await Background(watched.Page);
        await watched.Page.Locator("#site-theme").ClickAsync();
        Assert.NotEqual(light, await Background(watched.Page));
        Assert.Empty(await Axe.SeriousFaultsAsync(watched.Page, ".esx-chart svg"));
        string dark = await Background(watched.Page);
        await watched.Page.ReloadAsync();
        Assert.Equal(dark, await Background(watched.Page));
    }

    [Fact, Trait("Category", "Soak")]
    public async Task Every_slide_can_be_shown_and_draws()
    {
        List<string> faults = [];
        foreach (string deck in book.Slides)
        {
            await using WatchedPage watched = await browser.OpenAsync(deck);
            await watched.Page.WaitForFunctionAsync("window.Reveal && Reveal.isReady()", options: new PageWaitForFunctionOptions { Timeout = DrawingLimit });
            int slides = await watched.Page.EvaluateAsync<int>("Reveal.getTotalSlides()"), seen = 1;
            for (; seen <= slides; seen++)
            {
                string fault = await watched.Page.EvaluateAsync<string>(
                    """
                    (() => {
                      const slide = Reveal.getCurrentSlide(), name = "slide " + Reveal.getSlidePastCount();
                      for (const chart of slide.querySelectorAll(".esx-chart")) {
                        if (!chart.querySelector(".main-svg")) return name + ": a chart has not drawn";
                        if (chart.querySelector(".main-svg").getBoundingClientRect().width < 700) return name + ": a chart is too small to be seen";
                      }
                      if ([...slide.querySelectorAll(".mermaid")].some(one => !one.querySelector("svg"))) return name + ": a drawing has not drawn";
                      return "";
                    })()
                    """);
                if (fault.Length > 0)
                    faults.Add($"{Path.GetFileName(deck)}: {fault}");
                if (await watched.Page.EvaluateAsync<bool>("Reveal.isLastSlide()"))
                    break;
                await watched.Page.Keyboard.PressAsync("Space");
            }

            faults.AddRange(await DeadLinksAsync(watched.Page, Path.GetFileName(deck)));
            if (seen != slides)
                faults.Add($"{Path.GetFileName(deck)}: the keyboard reaches {seen} of {slides} slides");
            faults.AddRange(watched.Complaints.Select(complaint => $"{Path.GetFileName(deck)}: {complaint}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.NotEmpty(book.Slides);
    }

    [Fact]
    public void The_published_book_holds_neither_references_nor_the_graded_quizs_answers()
    {
        string all = string.Concat(book.Pages.Select(File.ReadAllText)) + File.ReadAllText(Path.Combine(book.Folder, "assets", "search.js"));
        Assert.DoesNotContain("The reference, for the instructor", all, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(book.Folder, "answers.html")) || File.Exists(Path.Combine(book.Folder, "plan.html")));
        Assert.DoesNotContain("faux-quiz", string.Join(' ', book.Pages), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> DeadLinksAsync(IPage page, string name)
    {
        string[] links = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => h.startsWith('file:'))");
        return links.Where(link => !File.Exists(new Uri(link).LocalPath)).Select(link => $"{name} links to {link}");
    }

    private static Task<string> Background(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private async Task<WatchedPage> OpenAsync(string file, int width)
    {
        WatchedPage watched = await browser.OpenAsync(file, width);
        await watched.Page.WaitForFunctionAsync(Drawn, options: new PageWaitForFunctionOptions { Timeout = DrawingLimit });
        return watched;
    }
}
