// Attack: takes all managed memory.
// Expect: used up its memory in IdlePageCost || used more than 0.5 s of CPU time

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        List<byte[]> all = [];
        while (true)
            all.Add(new byte[1 << 20]);
    }
}
