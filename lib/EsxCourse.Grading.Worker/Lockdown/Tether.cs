using System.Runtime.InteropServices;

namespace EsxCourse.Grading.Worker.Lockdown;

/// <summary>Ties the process to its parent and limits its threads, where the system can; the sandbox around it does the first once more.</summary>
internal static class Tether
{
    private const int KillSignal = 9, TaskLimit = 6, SetDeathSignal = 1;

    /// <summary>Since this version Linux counts a user's tasks in each user namespace by itself; before, it would count those of all sandboxes together.</summary>
    private static readonly Version CountsPerNamespace = new(5, 14);

    /// <summary>Has the kernel end this process when the thread that started it ends.</summary>
    public static void ToParent()
    {
        if (OperatingSystem.IsLinux())
            _ = Prctl(SetDeathSignal, KillSignal, 0, 0, 0);
    }

    /// <summary>Limits the threads of this sandbox; what the runtime needs is included.</summary>
    public static void LimitThreads(int count)
    {
        TaskCount limit = new() { Soft = (nuint)count, Hard = (nuint)count };
        if (OperatingSystem.IsLinux() && Environment.OSVersion.Version >= CountsPerNamespace)
            _ = SetLimit(TaskLimit, in limit);
    }

    /// <summary>Ends this process at once: no handler, no finaliser, no other thread gets a say.</summary>
    public static void Cut()
    {
        if (OperatingSystem.IsWindows())
            System.Diagnostics.Process.GetCurrentProcess().Kill();
        else
            Exit(0);
    }

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int Prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, in TaskCount limit);

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void Exit(int code);

    [StructLayout(LayoutKind.Sequential)]
    private struct TaskCount
    {
        public nuint Soft;
        public nuint Hard;
    }
}
