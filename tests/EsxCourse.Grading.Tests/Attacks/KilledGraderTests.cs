using System.Diagnostics;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>A grader that is killed, and cannot clean up, leaves nothing running: no worker, no compiler, no sandbox.</summary>
public sealed class KilledGraderTests
{
    private const int Copies = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Killed_in_an_endless_loop_of_a_submission_it_leaves_no_process() =>
        Assert.Empty(await LeftAsync("EndlessLoop", p => p.CommandLine.StartsWith("/dotnet/dotnet exec /kit/EsxCourse.Grading.Worker.dll", StringComparison.Ordinal) && p.CpuSeconds > 0.15));

    [Fact]
    public async Task Killed_in_an_endless_compilation_it_leaves_no_process() =>
        Assert.Empty(await LeftAsync("NestsOverloads", p => p.CommandLine.StartsWith("/dotnet/dotnet exec /kit/EsxCourse.Grading.dll", StringComparison.Ordinal) && p.CpuSeconds > 3));

    /// <summary>Grades a submission, kills the grader when one of its processes is as wanted, and waits.</summary>
    private static async Task<IEnumerable<string>> LeftAsync(string attack, Predicate<RunningProcess> when)
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        Attack.Of(attack).HandIn(place, "class", canary: "", target: "");
        foreach (string file in Directory.GetFiles(place.File("class"), "*.cs", SearchOption.AllDirectories))
            for (int copy = 0; copy < Copies; copy++)   // Enough of them to be looked at in time.
                place.Write($"class/copy-{copy}/{Path.GetFileName(file)}", File.ReadAllText(file));
        using Process esx = Process.Start(GradeCommandRun.Of(place.Path, "class", false, "--exercise", "07-idle-memory-tax"))!;
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
