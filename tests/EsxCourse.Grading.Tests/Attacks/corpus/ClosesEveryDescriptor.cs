// Attack: closes every descriptor and lives on.
// Expect: used more than 0.5 s of CPU time in one call
using System.Runtime.InteropServices;
using System.Threading;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern int close(int descriptor);

    public double IdlePageCost(int taxPercent)
    {
        for (int descriptor = 0; descriptor < 64; descriptor++)
            close(descriptor);
        Thread.Sleep(-1);
        return 0;
    }
}
