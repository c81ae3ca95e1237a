// Attack: takes all managed memory.
// Expect: used up its memory in IdlePageCost

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        List<byte[]> all = [];
        while (true)
            all.Add(new byte[1 << 20]);
    }
}
