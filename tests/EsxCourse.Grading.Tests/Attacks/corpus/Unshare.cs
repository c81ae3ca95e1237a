// Attack: makes itself namespaces of its own.
// Expect: made a system call that is forbidden here (signal 31) and was stopped
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern int unshare(int flags);

    public double IdlePageCost(int taxPercent)
    {
        unshare(0x10000000);
        return 0;
    }
}
