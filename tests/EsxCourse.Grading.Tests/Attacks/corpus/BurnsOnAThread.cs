// Attack: sleeps while it computes on another thread.
// Expect: used more than 0.5 s of CPU time in one call
using System.Threading;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        new Thread(() =>
        {
            while (true)
            {
            }
        }).Start();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}
