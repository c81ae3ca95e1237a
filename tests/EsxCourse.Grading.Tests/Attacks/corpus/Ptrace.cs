// Attack: traces its parent.
// Expect: made a system call that is forbidden here (signal 31) and was stopped
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern long ptrace(int request, int pid, nint address, nint data);

    public double IdlePageCost(int taxPercent)
    {
        ptrace(16, 1, 0, 0);
        return 0;
    }
}
