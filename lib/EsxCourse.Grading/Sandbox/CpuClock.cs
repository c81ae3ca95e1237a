using System.Diagnostics;
using System.Globalization;

namespace EsxCourse.Grading.Sandbox;

/// <summary>What the kernel says of a worker at one moment.</summary>
/// <param name="CpuSeconds">CPU time used so far, all threads together.</param>
/// <param name="Sleeps">Whether the thread that serves calls waits for something other than a processor or a disk.</param>
/// <param name="Threads">How many threads there are.</param>
internal readonly record struct WorkerState(double CpuSeconds, bool Sleeps, int Threads);

/// <summary>Reads from outside how much CPU time a worker has used and whether it wants more.</summary>
/// <remarks>
/// A sandboxed worker is the grandchild of the process that we started: bwrap, its first process in the namespace, the worker. /proc counts in
/// 10 ms, a control group in microseconds. Without /proc the process is asked, and sleeps if it has not run since it was asked last.
/// </remarks>
internal sealed class CpuClock
{
    private const double TicksPerSecond = 100;   // USER_HZ, which Linux fixes for user space.
    private readonly Process process;
    private readonly Cgroup? group;
    private string? folder;
    private double lastSeen;

    /// <param name="process">The process that was started.</param>
    /// <param name="inSandbox">Whether that is a sandbox around the process to watch.</param>
    /// <param name="group">The control group that it runs in, if it has one.</param>
    public CpuClock(Process process, bool inSandbox, Cgroup? group)
    {
        (this.process, this.group) = (process, group);
        folder = inSandbox ? null : $"/proc/{process.Id}";
    }

    /// <summary>The state now; null when the process is gone.</summary>
    public WorkerState? Read()
    {
        if (!OperatingSystem.IsLinux())
            return Ask();
        if (Text("stat") is not string stat)
            return null;
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double used = group?.CpuSeconds() ?? (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        return new WorkerState(used, fields[0] is not ("R" or "D"), (int)Number(fields[17]));
    }

    /// <summary>Seconds that the serving thread has run or wanted to run, to the microsecond; null where the kernel does not count them.</summary>
    public double? Wanted() => Text("schedstat")?.Split(' ') is [string ran, string waited, ..] ? (Number(ran) + Number(waited)) / 1e9 : null;

    /// <summary>Seconds that the calling thread has wanted a processor and got none; 0 where the kernel does not count them.</summary>
    public static double OwnDelaySeconds()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        try
        {
            return File.ReadAllText("/proc/thread-self/schedstat").Split(' ') is [_, string waited, ..] ? Number(waited) / 1e9 : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private string? Text(string file)
    {
        try
        {
            folder ??= Child(process.Id) is int inner && Child(inner) is int worker ? $"/proc/{worker}" : null;
            return folder is null ? null : File.ReadAllText($"{folder}/{file}");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private WorkerState? Ask()
    {
        try
        {
            process.Refresh();
            double used = process.TotalProcessorTime.TotalSeconds;
            bool sleeps = used <= lastSeen;
            lastSeen = used;
            return new WorkerState(used, sleeps, process.Threads.Count);
        }
        catch (InvalidOperationException)
        {
            return null;   // It has ended.
        }
    }

    /// <summary>The first child of a process; null if it has none.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    public static int? Child(int pid) =>
        int.TryParse(File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ')[0], out int child) ? child : null;
}
