// Attack: lets a thread of its own die while the next call runs.
// Expect: died of an exception on a thread of its own
using System.Threading;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        new Thread(() => throw new InvalidOperationException("owned")).Start();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}
