namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>A running process as /proc shows it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="Started">When it started, in ticks since boot: with the number, it names one process for ever.</param>
/// <param name="CpuSeconds">CPU time so far.</param>
/// <param name="CommandLine">How it was called.</param>
internal sealed record RunningProcess(int Pid, int Parent, long Started, double CpuSeconds, string CommandLine)
{
    public bool IsAlive => ProcessTree.TryRead(Pid) is RunningProcess now && now.Started == Started;
}

/// <summary>Who descends from a process.</summary>
internal static class ProcessTree
{
    /// <summary>Every process that descends from one, itself not included.</summary>
    public static IReadOnlyList<RunningProcess> Under(int root)
    {
        ILookup<int, RunningProcess> children = Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, out int pid) ? TryRead(pid) : null).OfType<RunningProcess>().ToLookup(p => p.Parent);
        List<RunningProcess> found = [.. children[root]];
        for (int i = 0; i < found.Count; i++)
            found.AddRange(children[found[i].Pid]);
        return found;
    }

    /// <summary>A process that has not ended; null otherwise.</summary>
    public static RunningProcess? TryRead(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            const double TicksPerSecond = 100;
            return fields[0] == "Z" ? null : new RunningProcess(
                pid, int.Parse(fields[1]), long.Parse(fields[19]), (long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond,
                File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' '));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
