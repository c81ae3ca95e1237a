using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests.Jupyter;

/// <summary>A lecture in Jupyter Notebook, in a browser that reaches this machine and nothing else: as a lecturer uses it in a hall without a network.</summary>
public sealed class NotebookServerTests(NotebookServer server, Browser browser) : IClassFixture<NotebookServer>, IClassFixture<Browser>
{
    private const float Patience = 150_000;

    [Fact]
    public async Task A_lecture_runs_draws_completes_stops_and_restarts_with_the_network_off()
    {
        await using WatchedPage watched = await browser.OpenLocalAsync(server.Address("02-ballooning.ipynb"));
        IPage page = watched.Page;
        page.SetDefaultTimeout(Patience);
        await page.WaitForFunctionAsync("window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()");

        // Run all: no cell fails, every chart and every drawing is drawn, none only shown as the still picture.
        await page.EvaluateAsync("Jupyter.notebook.execute_all_cells()");
        await page.WaitForFunctionAsync("Jupyter.notebook.get_cells().every(c => c.cell_type !== 'code' || Number.isInteger(c.input_prompt_number))");
        Assert.Equal("", string.Concat(await page.Locator(".output_error").AllInnerTextsAsync()));
        await page.WaitForFunctionAsync("document.querySelectorAll('.esx-chart').length > 0 && [...document.querySelectorAll('.esx-chart')].every(c => c.querySelector('.main-svg'))");
        await page.WaitForFunctionAsync("document.querySelectorAll('.output pre.mermaid').length > 0 && [...document.querySelectorAll('.output pre.mermaid')].every(m => m.querySelector('svg .node'))");
        Assert.True(await page.Locator(".esx-chart .trace path, .esx-chart .scatterlayer path, .esx-chart .heatmaplayer image").CountAsync() > 0);
        Assert.Equal(1, await page.EvaluateAsync<int>("performance.getEntriesByType('resource').filter(r => r.name.includes('kernelspecs') && r.name.includes('plotly')).length"));
        await ShootAsync(page, "drawn");

        // Type and get a completion.
        await page.EvaluateAsync("Jupyter.notebook.insert_cell_at_bottom('code'); Jupyter.notebook.select(Jupyter.notebook.ncells() - 1); Jupyter.notebook.edit_mode(); Jupyter.notebook.get_selected_cell().element[0].scrollIntoView()");
        await page.Keyboard.TypeAsync("int kept = 41; Math.Ma");
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForFunctionAsync("[...document.querySelectorAll('.completions option')].some(o => o.textContent.includes('Max'))");
        await ShootAsync(page, "completion");
        await page.Keyboard.PressAsync("Escape");

        // Interrupt a loop: the variables stay.
        Assert.Equal("41", await RunAsync(page, "int kept = 41;\nkept"));
        await StartAsync(page, "while (true) { }");
        await page.WaitForFunctionAsync("Jupyter.notebook.kernel_busy === true || document.querySelector('#kernel_indicator_icon.kernel_busy_icon')");
        await page.EvaluateAsync("Jupyter.notebook.kernel.interrupt()");
        await page.WaitForFunctionAsync("(c => c.element.find('.output_error').text().includes('Interrupted') || c.element.find('.output_error').text().includes('interrupted'))(Jupyter.notebook.get_selected_cell())");
        await ShootAsync(page, "interrupted");
        Assert.Equal("42", await RunAsync(page, "kept + 1"));

        // Restart: the variables are gone, and the kernel answers.
        await page.EvaluateAsync("new Promise(done => { Jupyter.notebook.events.one('kernel_ready.Kernel', done); Jupyter.notebook.kernel.restart(); })");
        Assert.Equal("", await RunAsync(page, "kept"));
        Assert.Contains("CS0103", await page.EvaluateAsync<string>("Jupyter.notebook.get_selected_cell().element.find('.output_error').text()"), StringComparison.Ordinal);
        Assert.Equal("2", await RunAsync(page, "1 + 1"));
        // Jupyter Notebook itself asks for a favicon and for ipywidgets' script, whether they are installed or not.
        string[] complaints = [.. watched.Complaints.Where(complaint => !complaint.Contains("favicon", StringComparison.Ordinal) && !complaint.Contains("/nbextensions/widgets/", StringComparison.Ordinal))];
        Assert.True(complaints.Length == 0, string.Join('\n', complaints));
    }

    /// <summary>Puts code into the selected cell and starts it.</summary>
    private static async Task StartAsync(IPage page, string code) =>
        await page.EvaluateAsync("code => { const cell = Jupyter.notebook.get_selected_cell(); cell.set_text(code); cell.execute(); }", code);

    /// <summary>Runs code in the selected cell and waits for its end: for the reply and for all that it shows, which come on two channels in either order.</summary>
    /// <returns>The text of its value; empty without one.</returns>
    private static async Task<string> RunAsync(IPage page, string code)
    {
        await page.EvaluateAsync(
            """
            code => new Promise(done => {
                const cell = Jupyter.notebook.get_selected_cell(), events = Jupyter.notebook.events;
                const ended = (_, told) => { if (told.msg_id === cell.last_msg_id) { events.off('finished_iopub.Kernel', ended); done(); } };
                events.on('finished_iopub.Kernel', ended);
                cell.set_text(code);
                cell.execute();
            })
            """, code);
        await page.WaitForFunctionAsync("Number.isInteger(Jupyter.notebook.get_selected_cell().input_prompt_number)");
        return (await page.EvaluateAsync<string>("Jupyter.notebook.get_selected_cell().element.find('.output_result pre').first().text()")).Trim();
    }

    /// <summary>Takes a picture to look at, if a folder for it is named; never into the repository.</summary>
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ESXCOURSE_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"notebook-{name}.png") });
    }
}
