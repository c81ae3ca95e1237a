// Attack: fills the pool of threads with work that never ends.
// Expect: used up its memory || started more than 64 threads || did not answer within 5 s || used more than 0.5 s of CPU time
using System.Threading;
using System.Threading.Tasks;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        ThreadPool.SetMinThreads(1000, 1000);
        for (int i = 0; i < 10_000; i++)
            ThreadPool.QueueUserWorkItem(_ => Thread.Sleep(Timeout.Infinite));
        Parallel.For(0, 10_000, _ => Thread.Sleep(Timeout.Infinite));
        return 0;
    }
}
