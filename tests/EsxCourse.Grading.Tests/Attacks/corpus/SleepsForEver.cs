// Attack: waits without using the processor.
// Expect: did not answer within 5 s
using System.Threading;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        Thread.Sleep(-1);
        return 0;
    }
}
