using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests;

/// <summary>Debian's chromium, without a network. One for all tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        RequiredTool.Need("chromium");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>Opens a file with the network off and waits until it has loaded.</summary>
    internal async Task<WatchedPage> OpenAsync(string file, int width = 1280, int height = 720)
    {
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions { Offline = true, ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
        WatchedPage watched = new(await context.NewPageAsync());
        await watched.Page.GotoAsync(new Uri(file).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Load, Timeout = 120_000 });
        return watched;
    }

    /// <summary>Opens a page of a server on this machine. Whatever lies elsewhere is out of reach, and asking for it is a complaint.</summary>
    internal async Task<WatchedPage> OpenLocalAsync(string address)
    {
        IBrowserContext context = await browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        await context.RouteAsync(url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal) && new Uri(url).Host != "127.0.0.1", route => route.AbortAsync("internetdisconnected"));
        WatchedPage watched = new(await context.NewPageAsync());
        await watched.Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load, Timeout = 120_000 });
        return watched;
    }
}

/// <summary>A page whose complaints are written down: console errors, exceptions, requests that failed.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly List<string> complaints = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complain($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Complain($"exception: {error}");
        page.RequestFailed += (_, request) => Complain($"request failed: {request.Url}");
    }

    public IPage Page { get; }

    public string[] Complaints
    {
        get
        {
            lock (complaints)
                return [.. complaints];
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Complain(string text)
    {
        lock (complaints)
            complaints.Add(text);
    }
}
