// Attack: has no signal end it, and computes for ever.
// Expect: used more than 0.5 s of CPU time in one call
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, long a, long b, long c, long d, long e, long f);

    public double IdlePageCost(int taxPercent)
    {
        const long SigAction = 13;
        byte[] ignore = [1, 0, 0, 0, 0, 0, 0, 0, .. new byte[24]];
        GCHandle pinned = GCHandle.Alloc(ignore, GCHandleType.Pinned);
        for (int signal = 1; signal < 32; signal++)
            if (signal != 11)
                syscall(SigAction, signal, pinned.AddrOfPinnedObject(), 0, 8, 0, 0);
        while (true)
        {
        }
    }
}
