// Attack: kills every process it can see.
// Expect: threw InvalidOperationException in IdlePageCost
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern int kill(int pid, int signal);

    public double IdlePageCost(int taxPercent)
    {
        kill(-1, 9);
        kill(1, 9);
        for (int pid = 1; pid < 100_000; pid++)
            kill(pid, 9);
        throw new InvalidOperationException("all dead");
    }
}
