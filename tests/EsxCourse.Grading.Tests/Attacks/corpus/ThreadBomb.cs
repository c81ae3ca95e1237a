// Attack: starts threads for ever.
// Expect: used up its memory in IdlePageCost || started more than 64 threads || used more than 0.5 s of CPU time
using System.Threading;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        while (true)
            new Thread(() => Thread.Sleep(-1)).Start();
    }
}
