// Attack: prints without end from a thread of its own.
// Expect: used more than 0.5 s of CPU time in one call
using System.Threading;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        new Thread(() =>
        {
            string line = new('x', 10_000);
            while (true)
                Console.WriteLine(line);
        }).Start();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}
