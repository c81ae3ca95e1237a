using System.Text.Json;

namespace EsxCourse.Cli.Tests.Commands;

/// <summary><c>esx paper</c> through the real program, with the quick experiments.</summary>
public sealed class PaperCommandTests
{
    [Fact]
    public async Task A_table_shows_published_and_simulated_values_and_what_is_demanded()
    {
        EsxRun run = await EsxProgram.RunAsync("paper", "tax");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("published", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"the slide's bill +48\.4 +48\.4 .*yes", run.Output);
    }

    [Fact]
    public async Task Json_is_one_document_with_rows_curves_and_constants_and_the_same_bytes_twice()
    {
        EsxRun run = await EsxProgram.RunAsync("paper", "hot-io", "--json");
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("hot-io", root.GetProperty("name").GetString());
        Assert.All(root.GetProperty("constants").EnumerateArray(), c => Assert.NotEmpty(c.GetProperty("reason").GetString()!));
        Assert.Equal(60, root.GetProperty("series")[0].GetProperty("y").GetArrayLength());
        Assert.Equal(run.Output, (await EsxProgram.RunAsync("paper", "hot-io", "--json")).Output);
    }

    [Fact]
    public async Task A_wrong_name_gets_one_line_with_all_names()
    {
        EsxRun run = await EsxProgram.RunAsync("paper", "fig3");
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("fig2, double-paging, fig4, fig5, fig6, fig7, tax, fig8, hot-io", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_is_a_page_with_the_chart_that_needs_no_network()
    {
        string file = Path.Combine(Path.GetTempPath(), $"esx-paper-{Guid.NewGuid():n}.html");
        try
        {
            EsxRun run = await EsxProgram.RunAsync("paper", "tax", "--html", file);
            Assert.Equal(0, run.ExitCode);
            string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.Contains("Plotly.newPlot", page, StringComparison.Ordinal);
            Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
