namespace EsxCourse.Cli.Tests.Exercises;

/// <summary><c>esx exercise replay</c>: a policy's run as a page.</summary>
public sealed class ExerciseReplayTests
{
    private static readonly string Capstone = Repository.Path("exercises", "12-memory-coordinator");

    [Fact]
    public async Task A_run_is_a_page_that_steps_through_it_beside_ESXs_own()
    {
        using TemporaryFolder place = new();
        EsxRun run = await EsxProgram.RunAsync("exercise", "replay", Path.Combine(Capstone, ".meta", "Reference.cs"), "--workload", "one grows", "--out", place.File("run.html"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal($"Replay of 'one grows': {place.File("run.html")}\n", run.Output);
        string page = await File.ReadAllTextAsync(place.File("run.html"), TestContext.Current.CancellationToken);
        Assert.Contains("one grows: your policy beside ESX&#39;s own", page, StringComparison.Ordinal);
        Assert.Contains("<li>Second 110. Yours: ", page, StringComparison.Ordinal);
        Assert.Contains("has all it wants (ESX)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_fails_is_told_where()
    {
        EsxRun run = await EsxProgram.RunAsync("exercise", "replay", Path.Combine(Capstone, "MemoryCoordinator.cs"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has not implemented Start", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_workload_is_told_which_there_are()
    {
        EsxRun run = await EsxProgram.RunAsync("exercise", "replay", Capstone, "--workload", "all grow");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no public workload 'all grow'", run.Error, StringComparison.Ordinal);
        Assert.Contains("one grows; one idles, one needs", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
