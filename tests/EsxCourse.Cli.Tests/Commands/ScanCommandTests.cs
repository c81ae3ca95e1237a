using System.Text.Json;

namespace EsxCourse.Cli.Tests.Commands;

/// <summary><c>esx scan</c> through the real program.</summary>
public sealed class ScanCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Two files of a page each, equal, and a third of other contents.
    private string Images()
    {
        foreach ((string name, char letter) in new[] { ("one", 'a'), ("two", 'a'), ("three", 'b') })
            folder.Write($"images/{name}", new string(letter, 4096));
        return folder.File("images");
    }

    [Fact]
    public async Task A_folder_is_reported_as_one_document()
    {
        EsxRun run = await EsxProgram.RunAsync("scan", Images(), "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement pages = JsonDocument.Parse(run.Output).RootElement.GetProperty("pages4KiB");
        Assert.Equal((3, 2, 1), (pages.GetProperty("total").GetInt64(), pages.GetProperty("shared").GetInt64(), pages.GetProperty("reclaimed").GetInt64()));
    }

    [Fact]
    public async Task The_page_with_charts_needs_no_network()
    {
        string page = folder.File("scan.html");
        EsxRun run = await EsxProgram.RunAsync("scan", Images(), "--html", page);
        Assert.Equal(0, run.ExitCode);
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Equal(2, html.Split("class=\"esx-chart\"").Length - 1);
        Assert.DoesNotMatch("<(script|link|img)\\s[^>]*(src|href)=[\"']?(https?:|/)", html);
    }

    [Theory]
    [InlineData("nothing-here")]
    [InlineData("pid:x")]
    public async Task What_cannot_be_scanned_is_one_line_and_exit_code_2(string input)
    {
        EsxRun run = await EsxProgram.RunAsync("scan", input);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(input + ": ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
