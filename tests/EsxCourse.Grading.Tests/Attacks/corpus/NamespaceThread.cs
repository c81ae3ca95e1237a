// Attack: makes a thread in namespaces of its own.
// Expect: k at τ = 0 % should be 1
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, long a, long b, long c, long d, long e, long f);

    public double IdlePageCost(int taxPercent)
    {
        const long Clone = 56;
        const long ThreadOfUserAndNetwork = 0x00010000 | 0x00000800 | 0x00000100 | 0x10000000 | 0x40000000;
        if (syscall(Clone, ThreadOfUserAndNetwork, 0, 0, 0, 0, 0) >= 0)
            return 5;
        return 0;
    }
}
