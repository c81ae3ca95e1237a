// Attack: tells the collector that there is more memory than it was given.
// Expect: used up its memory || memory fault || used more than 0.5 s of CPU time

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        AppContext.SetData("GCHeapHardLimit", 1UL << 40);
        GC.RefreshMemoryLimit();
        List<byte[]> kept = [];
        while (true)
        {
            kept.Add(new byte[1 << 20]);
            kept[^1].AsSpan().Fill(1);
        }
    }
}
