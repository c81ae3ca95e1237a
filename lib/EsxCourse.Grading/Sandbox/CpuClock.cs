namespace EsxCourse.Grading.Sandbox;

/// <summary>What the kernel says of a worker at one moment.</summary>
/// <param name="CpuSeconds">CPU time used so far, all threads together.</param>
/// <param name="Sleeps">Whether the thread that serves calls waits for something other than a processor.</param>
internal readonly record struct WorkerState(double CpuSeconds, bool Sleeps);

/// <summary>Reads from outside how much CPU time a worker has used and whether it wants more.</summary>
/// <remarks>A sandboxed worker is the grandchild of the process that we started: bwrap, its first process in the namespace, the worker. Resolution 10 ms.</remarks>
internal sealed class CpuClock
{
    private const double TicksPerSecond = 100;   // USER_HZ, which Linux fixes for user space.
    private readonly int pid;
    private string? statPath;

    /// <param name="pid">The process that was started.</param>
    /// <param name="inSandbox">Whether that is a sandbox around the process to watch.</param>
    public CpuClock(int pid, bool inSandbox)
    {
        this.pid = pid;
        statPath = inSandbox ? null : $"/proc/{pid}/stat";
    }

    /// <summary>The state now; null when the process is gone.</summary>
    public WorkerState? Read()
    {
        try
        {
            statPath ??= Child(pid) is int inner && Child(inner) is int worker ? $"/proc/{worker}/stat" : null;
            if (statPath is null)
                return null;
            string stat = File.ReadAllText(statPath);
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new WorkerState((long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond, fields[0] == "S");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int? Child(int pid) =>
        int.TryParse(File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ')[0], out int child) ? child : null;
}
