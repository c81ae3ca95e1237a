using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Tests.Attacks;

namespace EsxCourse.Grading.Tests.Sandbox;

/// <summary>A worker that is put away takes everything around and inside its sandbox with it, whenever that is.</summary>
public sealed class WorkerEndTests
{
    [Fact]
    public async Task Put_away_at_any_moment_from_its_start_on_a_worker_leaves_no_process()
    {
        Course.RequireSandbox();
        // Contracts of its own path, by which its processes are known from those of other tests.
        using TemporaryFolder folder = new();
        string contracts = folder.File("Of.This.Test.dll");
        File.Copy(Course.Tax.Contract.Assembly.Location, contracts);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode ForAll = (UnixFileMode)0b111_101_101;
            File.SetUnixFileMode(contracts, ForAll);
            File.SetUnixFileMode(folder.Path, ForAll); // Root becomes nobody around a worker.
        }

        using WorkerSandbox sandbox = WorkerSandbox.For(contracts, new SandboxLimits());
        using StarterThread starter = new();
        for (int moment = 0; moment < 40; moment++)
        {
            WorkerProcess worker = starter.Run(sandbox.StartWorker);
            await Task.Delay(moment * 2, TestContext.Current.CancellationToken); // From before bubblewrap has begun to after the worker's first words.
            worker.Dispose();
        }

        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (Left(contracts) is { Length: > 0 } left)
        {
            Assert.False(deadline.IsCancellationRequested, string.Join('\n', left));
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private static string[] Left(string contracts) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, out int pid) ? ProcessTree.TryRead(pid) : null)
            .OfType<RunningProcess>().Where(p => p.Pid != Environment.ProcessId && p.CommandLine.Contains(contracts, StringComparison.Ordinal)).Select(p => p.CommandLine),
    ];
}
