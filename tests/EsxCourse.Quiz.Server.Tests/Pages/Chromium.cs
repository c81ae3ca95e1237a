using System.Text.Json;
using Microsoft.Playwright;

namespace EsxCourse.Quiz.Server.Tests.Pages;

/// <summary>Debian's chromium, one for all tests of the pages.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string Axe = File.ReadAllText(Repository.Path("tests", "EsxCourse.Quiz.Server.Tests", "Axe", "axe-4.14.1.min.js"));

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        RequiredTool.Need("chromium");
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = RequiredTool.OnPath("chromium"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A browser of its own: no cookie, no storage. What a page complains about is collected.</summary>
    internal async Task<Tab> OpenAsync(Uri address, int width = 1280, string? before = null)
    {
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = width < 500 ? 844 : 800 }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(20_000);
        if (before is not null)
            await context.AddInitScriptAsync(before);
        Tab tab = new(await context.NewPageAsync());
        await tab.Page.GotoAsync(address.ToString());
        return tab;
    }

    /// <summary>What axe-core finds that keeps somebody from using the page: faults of its two upper levels.</summary>
    internal static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        JsonElement found = await page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(one => ({ impact: one.impact, id: one.id, nodes: one.nodes.map(node => node.html).join(' | ') })))");
        return [.. found.EnumerateArray().Where(fault => fault.GetProperty("impact").GetString() is "serious" or "critical").Select(fault => $"{fault.GetProperty("id")}: {fault.GetProperty("nodes")}")];
    }

    /// <summary>Whether something is wider than the window.</summary>
    internal static Task<bool> IsTooWideAsync(IPage page) => page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth");

    /// <summary>A picture for people, in artifacts/screenshots.</summary>
    internal static Task PictureAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Path("artifacts", "screenshots", $"quiz-{name}.png"), FullPage = true });
}

/// <summary>One page and its complaints.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly List<string> complaints = [];

    public Tab(IPage page)
    {
        Page = page;
        // A refused request is written to the console by the browser itself; that is the server's answer, not the page's fault.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                Complain(message.Text);
        };
        page.PageError += (_, error) => Complain(error);
        page.Dialog += (_, dialog) =>
        {
            if (dialog.Type == "alert")
                Complain($"alert: {dialog.Message}");
            _ = dialog.AcceptAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Console errors, exceptions, breaches of the content policy, alerts.</summary>
    public string[] Complaints
    {
        get
        {
            lock (complaints)
                return [.. complaints];
        }
    }

    /// <summary>Joins by the form.</summary>
    public async Task JoinAsync(string login, string name, string? personal = null)
    {
        await Page.GetByLabel("Code of the quiz").FillAsync(Classroom.Code);
        await Page.GetByLabel("Login").FillAsync(login);
        await Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync(name);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        if (personal is not null)
        {
            await Page.GetByLabel("Your personal code").FillAsync(personal);
            await Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        }
    }

    /// <summary>Presses a button by what it says.</summary>
    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Picks questions by their number on the page, from 0, and goes on to answer them.</summary>
    public async Task PickAsync(params int[] questions)
    {
        foreach (int at in questions)
            await Page.GetByRole(AriaRole.Checkbox).Nth(at).CheckAsync();
        await PressAsync($"Answer these {questions.Length}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Hand in" }).WaitForAsync();
    }

    public ILocator Field(int at) => Page.Locator("textarea").Nth(at);

    /// <summary>Waits until the page says that all is saved.</summary>
    public Task SavedAsync() => Page.GetByText("All saved.").WaitForAsync();

    /// <summary>Waits for a sentence.</summary>
    public Task SeesAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Complain(string text)
    {
        lock (complaints)
            complaints.Add(text);
    }
}
