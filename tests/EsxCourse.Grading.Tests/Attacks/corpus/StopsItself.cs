// Attack: stops its own process with a signal that cannot be caught.
// Expect: did not answer within 5 s
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, long a, long b, long c, long d, long e, long f);

    public double IdlePageCost(int taxPercent)
    {
        const long TgKill = 234, Stop = 19;
        syscall(TgKill, Environment.ProcessId, Environment.ProcessId, Stop, 0, 0, 0);
        return 0;
    }
}
