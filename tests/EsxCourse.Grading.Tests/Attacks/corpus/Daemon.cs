// Attack: forks, vforks and clones a process that outlives it.
// Expect: k at τ = 0 % should be 1
using System.Runtime.InteropServices;
using System.Threading;

public sealed partial class Attack
{
    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, long a, long b, long c, long d, long e, long f);

    public double IdlePageCost(int taxPercent)
    {
        const long Fork = 57, VFork = 58, Clone = 56, Clone3 = 435, SetSid = 112;
        const long ChildSignal = 17;
        foreach (long made in new[] { syscall(Fork, 0, 0, 0, 0, 0, 0), syscall(Clone, ChildSignal, 0, 0, 0, 0, 0), syscall(Clone3, 0, 0, 0, 0, 0, 0) })
            if (made == 0)
                Thread.Sleep(Timeout.Infinite);
        syscall(SetSid, 0, 0, 0, 0, 0, 0);
        return 0;
    }
}
