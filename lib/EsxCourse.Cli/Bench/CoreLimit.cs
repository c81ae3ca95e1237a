using System.Diagnostics;

namespace EsxCourse.Cli.Bench;

/// <summary>Holds this process, and whatever it starts meanwhile, to the first few of its cores, so that figures of different machines are of one kind.</summary>
internal sealed class CoreLimit : IDisposable
{
    private readonly nint before;

    public CoreLimit(int cores)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        using Process self = Process.GetCurrentProcess();
        before = self.ProcessorAffinity;
        nint mask = 0;
        for (int bit = 0, taken = 0; bit < nint.Size * 8 && taken < cores; bit++)
        {
            nint core = (nint)1 << bit;
            if ((before & core) == 0)
                continue;
            mask |= core;
            taken++;
        }

        self.ProcessorAffinity = mask;
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        using Process self = Process.GetCurrentProcess();
        self.ProcessorAffinity = before;
    }
}
