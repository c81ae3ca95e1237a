namespace EsxCourse.Grading.Sandbox;

/// <summary>Reads from outside how much CPU time a worker has used, all its threads together.</summary>
/// <remarks>The worker is the grandchild of the process that we started: bwrap, its first process in the namespace, the worker. Resolution 10 ms.</remarks>
internal sealed class CpuClock(int sandboxPid)
{
    private const double TicksPerSecond = 100;   // USER_HZ, which Linux fixes for user space.
    private string? statPath;

    /// <summary>Seconds used so far; null when the process is gone.</summary>
    public double? Seconds()
    {
        try
        {
            statPath ??= Child(sandboxPid) is int inner && Child(inner) is int worker ? $"/proc/{worker}/stat" : null;
            if (statPath is null)
                return null;
            string stat = File.ReadAllText(statPath);
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int? Child(int pid) =>
        int.TryParse(File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ')[0], out int child) ? child : null;
}
