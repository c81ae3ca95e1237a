// Attack: forks by P/Invoke.
// Expect: threw InvalidOperationException in IdlePageCost
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern int fork();

    public double IdlePageCost(int taxPercent)
    {
        while (true)
        {
            if (fork() < 0)
                throw new InvalidOperationException("no fork");
        }
    }
}
