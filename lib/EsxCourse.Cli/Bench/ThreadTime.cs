using System.Runtime.InteropServices;

namespace EsxCourse.Cli.Bench;

/// <summary>Processor time of the calling thread alone: what the compiler, the collector and the progress bar do beside it is not its doing. Elsewhere than on Linux, of the process.</summary>
internal static class ThreadTime
{
    private const int OfThread = 3;   // CLOCK_THREAD_CPUTIME_ID

    /// <summary>So far; only differences mean anything, and only between two calls on one thread.</summary>
    public static TimeSpan Spent =>
        OperatingSystem.IsLinux() && Read(OfThread, out Timespec time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : Environment.CpuUsage.TotalTime;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
