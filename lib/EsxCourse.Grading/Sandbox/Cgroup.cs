using System.Globalization;

namespace EsxCourse.Grading.Sandbox;

/// <summary>The control group of one sandbox.</summary>
internal sealed class Cgroup : IDisposable
{
    private readonly string folder;
    private readonly Action<string> remove;

    /// <param name="folder">Where it is; made if need be.</param>
    /// <param name="remove">Removes the folder, now or later.</param>
    public Cgroup(string folder, Action<string> remove) => (this.folder, this.remove) = (Directory.CreateDirectory(folder).FullName, remove);

    /// <summary>Sets what the sandbox may use: above what its address space allows, so that this never decides first.</summary>
    public void Limit(SandboxLimits limits)
    {
        const int OfTheSandboxItself = 8, OfTheKernelMegabytes = 128;
        Set("memory.max", (long)(limits.AddressSpaceMegabytes + OfTheKernelMegabytes) << 20);
        Set("pids.max", limits.Threads + OfTheSandboxItself);
        if (File.Exists(Path.Combine(folder, "memory.swap.max")))
            Set("memory.swap.max", 0);
    }

    /// <summary>Makes a command start in this group: a shell enters it and becomes the command.</summary>
    public void Enter(List<string> command) => command.InsertRange(0, ["/bin/sh", "-c", "echo 0 > \"$0\" && exec \"$@\"", Path.Combine(folder, "cgroup.procs")]);

    /// <summary>CPU time that everything in it has used, to the microsecond; null when it is gone.</summary>
    public double? CpuSeconds()
    {
        try
        {
            const string Usage = "usage_usec ";
            return File.ReadLines(Path.Combine(folder, "cpu.stat")).FirstOrDefault(line => line.StartsWith(Usage, StringComparison.Ordinal)) is string line
                ? long.Parse(line[Usage.Length..], CultureInfo.InvariantCulture) / 1e6
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Has it removed; whatever was in it has ended or is ending.</summary>
    public void Dispose() => remove(folder);

    private void Set(string file, long value) => File.WriteAllText(Path.Combine(folder, file), value.ToString(CultureInfo.InvariantCulture));
}
