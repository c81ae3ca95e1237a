using System.Runtime.InteropServices;

namespace EsxCourse.Kernel.Session;

/// <summary>Programs that a cell started and whose session died before it could end them.</summary>
/// <remarks>
/// Linux gives such a process to its nearest ancestor that has asked for orphans (prctl, PR_SET_CHILD_SUBREAPER), else to init, where nobody would
/// know whose it was. The kernel asks for them, and ends them before it starts the next session; the session does, for what a cell's program started
/// and left behind, and ends them with itself. On other systems they stay.
/// </remarks>
internal static class Orphans
{
    private const int SetChildSubreaper = 36;
    private const int DoNotWait = 1;

    /// <summary>From now on orphans of this process's descendants become its children.</summary>
    public static void Adopt()
    {
        if (OperatingSystem.IsLinux())
            _ = Control(SetChildSubreaper, 1, 0, 0, 0);
    }

    /// <summary>Ends every descendant of this process, and takes note of their end, so that no zombie stays. Call it while no session is running.</summary>
    public static void End()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Descendants.Kill();
        SpinWait.SpinUntil(() => Wait(-1, out _, DoNotWait) < 0, TimeSpan.FromMilliseconds(200));
    }

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [DllImport("libc", EntryPoint = "waitpid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Wait(int id, out int status, int options);
}
