// Attack: calls the kernel without libc's help: io_uring.
// Expect: made a system call that is forbidden here (signal 31) and was stopped
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern long syscall(long number, long a, long b, long c);

    public double IdlePageCost(int taxPercent)
    {
        syscall(425, 8, 0, 0);
        return 0;
    }
}
