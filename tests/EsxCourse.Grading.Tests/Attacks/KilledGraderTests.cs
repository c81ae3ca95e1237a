using System.Diagnostics;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>A grader that is killed, and cannot clean up, leaves nothing running: no worker, no compiler, no sandbox.</summary>
public sealed class KilledGraderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Limit = TimeSpan.FromSeconds(5);

    /// <summary>Overloads nested in lambdas: a compiler tries two at every level, a million in all.</summary>
    private static string CompileBomb
    {
        get
        {
            const int Levels = 24;
            string calls = string.Concat(Enumerable.Range(0, Levels).Select(i => $"M(x{i} => ")) + "x0.Length" + new string(')', Levels);
            return $$"""
                public static class Bomb
                {
                    static int M(Func<string, int> f) => 0;
                    static int M(Func<Uri, int> f) => 0;
                    public static int Go => {{calls}};
                }
                """;
        }
    }

    private static string Corpus(string name) => File.ReadAllText(Repository.Path("tests/EsxCourse.Grading.Tests/Attacks/corpus", name));

    [Fact]
    public async Task Killed_in_an_endless_loop_of_a_submission_it_leaves_no_process() =>
        Assert.Empty(await LeftAsync(Corpus("EndlessLoop.cs"), p => p.CommandLine.StartsWith("/dotnet/dotnet exec /kit/EsxCourse.Grading.Worker.dll", StringComparison.Ordinal) && p.CpuSeconds > 0.2));

    [Fact]
    public async Task Killed_in_an_endless_compilation_it_leaves_no_process() =>
        Assert.Empty(await LeftAsync(CompileBomb, p => p.CommandLine.StartsWith("/dotnet/dotnet exec /kit/EsxCourse.Grading.dll", StringComparison.Ordinal) && p.CpuSeconds > 3));

    /// <summary>Grades a submission, kills the grader when one of its processes is as wanted, and waits.</summary>
    private static async Task<IEnumerable<string>> LeftAsync(string submission, Predicate<RunningProcess> when)
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        place.Write("class/x.cs", submission);
        using Process esx = Process.Start(GradeCommandRun.Of(place.Path, "class", false, "--exercise", Course.Exercises.Exercises[0].Slug))!;
        IReadOnlyList<RunningProcess> family = [];
        for (Stopwatch waited = Stopwatch.StartNew(); !family.Any(p => when(p)) && waited.Elapsed < Patience && !esx.HasExited; await Task.Delay(10, TestContext.Current.CancellationToken))
            family = ProcessTree.Under(esx.Id);
        Assert.Contains(family, when);

        esx.Kill(entireProcessTree: false);
        await esx.WaitForExitAsync(TestContext.Current.CancellationToken);
        for (Stopwatch waited = Stopwatch.StartNew(); family.Any(p => p.IsAlive) && waited.Elapsed < Limit; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
        }

        return family.Where(p => p.IsAlive).Select(p => p.CommandLine);
    }
}
