using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace EsxCourse.Grading.Sandbox;

// Where the kernel lets us, each sandbox gets a control group (cgroup v2) of its own:
//
//   <a group that we may write to>/esx-PID-N/      the grader's, made at its start, removed at its end
//                                          w1/     one sandbox: memory.max, memory.swap.max, pids.max; cpu.stat says what it has used
//
// They are an extra: the limits of prlimit hold with and without them, and the values are so chosen that they decide nothing that those do
// not decide too. What they add is that kernel memory counts and that the process limit holds for root.
//
// Groups that we did not make are never changed. A grader that was killed leaves its empty group behind; the next one removes it.

/// <summary>The control groups of one grader.</summary>
internal sealed class CgroupTree : IDisposable
{
    private const string Prefix = "esx-";
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(1);
    private static int graders;
    private readonly string folder;
    private readonly ConcurrentQueue<string> ended = [];
    private int made;

    private CgroupTree(string folder) => this.folder = folder;

    /// <summary>Whether memory and processes are limited, or CPU time is only counted.</summary>
    public bool Limits { get; private init; }

    /// <summary>Makes the grader's group, where that is allowed.</summary>
    /// <returns>It, or null where there is no such group.</returns>
    public static CgroupTree? TryMake() =>
        OperatingSystem.IsLinux() && Place("/proc/self/mountinfo", "/proc/self/cgroup") is (string mount, string own) ? TryMake(mount, own) : null;

    /// <summary>The same, below a given place.</summary>
    /// <param name="mount">Where cgroup v2 is mounted.</param>
    /// <param name="own">The group that this process is in, as a path below that.</param>
    internal static CgroupTree? TryMake(string mount, string own)
    {
        string[] candidates = [.. Above(own).Select(path => Path.Combine(mount, path))];
        return candidates.Select(c => TryMakeIn(c, mustLimit: true)).FirstOrDefault(t => t is not null)
            ?? candidates.Select(c => TryMakeIn(c, mustLimit: false)).FirstOrDefault(t => t is not null);
    }

    /// <summary>A group for one sandbox.</summary>
    public Cgroup Make(SandboxLimits limits)
    {
        // A group cannot be removed until the last process in it is quite gone, which may be a moment after it has ended.
        for (int i = ended.Count; i > 0 && ended.TryDequeue(out string? left); i--)
            Remove(left);
        Cgroup group = new(Path.Combine(folder, $"w{Interlocked.Increment(ref made)}"), Remove);
        if (Limits)
            group.Limit(limits);
        return group;
    }

    public void Dispose()
    {
        for (Stopwatch waited = Stopwatch.StartNew(); !RemoveWhole(folder) && waited.Elapsed < RemovalLimit;)
            Thread.Sleep(5);
    }

    /// <summary>Finds the mount of cgroup v2 and our own place in it.</summary>
    internal static (string Mount, string Own)? Place(string mountInfo, string selfCgroup)
    {
        try
        {
            // 35 24 0:30 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw
            string? mount = File.ReadLines(mountInfo).Select(line => line.Split(' ')).FirstOrDefault(f => f[Array.IndexOf(f, "-") + 1] == "cgroup2")?[4];
            string? own = File.ReadLines(selfCgroup).FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?["0::".Length..];
            return mount is null || own is null ? null : (mount, own.Trim('/'));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Above(string own)
    {
        for (string? path = own; path is not null; path = path.Length == 0 ? null : Path.GetDirectoryName(path))
            yield return path;
    }

    private static CgroupTree? TryMakeIn(string parent, bool mustLimit)
    {
        string folder = Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref graders)}");
        try
        {
            RemoveLeft(parent);
            Directory.CreateDirectory(folder);
            string[] controllers = File.ReadAllText(Path.Combine(folder, "cgroup.controllers")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            bool limits = controllers.Contains("memory") && controllers.Contains("pids");
            if (limits)
                File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory +pids");
            CgroupTree tree = new(folder) { Limits = limits };
            if ((limits || !mustLimit) && tree.Works())
                return tree;
            tree.Dispose();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            RemoveWhole(folder);
        }

        return null;
    }

    /// <summary>Whether a process may be moved into one of its groups and is counted there.</summary>
    private bool Works()
    {
        using Cgroup group = Make(new SandboxLimits());
        List<string> command = ["true"];
        group.Enter(command);
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && group.CpuSeconds() is not null;
    }

    private static void RemoveLeft(string parent)
    {
        foreach (string left in Directory.GetDirectories(parent, Prefix + "*"))
            if (int.TryParse(Path.GetFileName(left)[Prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && !Directory.Exists($"/proc/{pid}"))
                RemoveWhole(left);
    }

    private void Remove(string group)
    {
        if (!RemoveWhole(group))
            ended.Enqueue(group);
    }

    private static bool RemoveWhole(string folder)
    {
        try
        {
            foreach (string group in Directory.Exists(folder) ? Directory.GetDirectories(folder).Append(folder) : [])
                Directory.Delete(group);
            return true;
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            return false;   // The next grader removes what is left.
        }
    }
}
