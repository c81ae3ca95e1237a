// Attack: mounts a file system.
// Expect: made a system call that is forbidden here (signal 31) and was stopped
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern int mount(string source, string target, string type, nuint flags, string? data);

    public double IdlePageCost(int taxPercent)
    {
        mount("none", "/tmp", "tmpfs", 0, null);
        return 0;
    }
}
