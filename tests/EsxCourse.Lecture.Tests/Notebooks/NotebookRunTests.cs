using System.Collections.Concurrent;
using EsxCourse.Kernel;
using EsxCourse.Notebooks;

namespace EsxCourse.Lecture.Tests.Notebooks;

/// <summary>The lectures run from top to bottom in the kit's own runner, and what they put out needs no network.</summary>
public sealed class NotebookRunTests
{
    // Each lecture is run once for all tests of this class.
    private static readonly ConcurrentDictionary<string, Task<NotebookRun>> Runs = new(StringComparer.Ordinal);

    // Simulates all of the paper's experiments, for the better part of a minute: in the longer run, as in the book, whose tests run every lecture.
    private const string Longest = "09-paper-figures.ipynb";

    public static TheoryData<string> Lectures => [.. NotebookShapeTests.Lectures.Select(row => row.Data).Where(lecture => lecture != Longest)];

    [Theory]
    [MemberData(nameof(Lectures))]
    public Task A_lecture_runs_from_top_to_bottom_and_shows_what_it_promises(string lecture) => Holds(lecture);

    [Fact, Trait("Category", "Soak")]
    public Task So_does_the_longest() => Holds(Longest);

    private static async Task Holds(string lecture)
    {
        NotebookRun run = await RunOf(lecture);
        Assert.True(run.Succeeded, string.Join('\n', run.Failures));
        string[] html = [.. run.Document.Cells.SelectMany(cell => cell.Outputs).Select(Html).OfType<string>()];
        Assert.Contains(html, output => output.Contains("Plotly.newPlot", StringComparison.Ordinal));
        Assert.Contains(html, output => output.Contains("\"sliders\"", StringComparison.Ordinal));
        Assert.Contains(html, output => output.Contains("class=\"esx-steps\"", StringComparison.Ordinal));
        Assert.Contains(html, output => output.Contains("class=\"esx-practice\"", StringComparison.Ordinal));
        Assert.Contains(html, output => output.Contains("<table", StringComparison.Ordinal));
        Assert.All(html, output => Assert.DoesNotMatch("(src|href)\\s*=\\s*[\"']?(https?:)?//", output));
    }

    [Fact]
    public async Task The_balloon_is_stepped_through_while_it_inflates_pops_and_deflates()
    {
        NotebookRun run = await RunOf("02-ballooning.ipynb");
        string[] steps = [.. run.Document.Cells.Where(cell => cell.Outputs.Select(Html).OfType<string>().Any(html => html.Contains("class=\"esx-steps\"", StringComparison.Ordinal))).Select(cell => cell.Id)];
        Assert.Equal(["inflate-view", "touch-view", "deflate-view"], steps);
    }

    private static Task<NotebookRun> RunOf(string lecture) =>
        Runs.GetOrAdd(lecture, name => NotebookRunner.RunAsync(Path.Combine(Folder(), name), cancel: TestContext.Current.CancellationToken));

    private static string? Html(CellOutput output) => output switch
    {
        DisplayOutput display => display.Data.GetValueOrDefault("text/html"),
        ResultOutput result => result.Data.GetValueOrDefault("text/html"),
        _ => null,
    };

    private static string Folder() => Repository.Path("notebooks");
}
