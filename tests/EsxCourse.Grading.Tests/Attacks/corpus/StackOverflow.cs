// Attack: recurses for ever.
// Expect: overflowed its stack (endless recursion?)

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        return 1 + IdlePageCost(taxPercent);
    }
}
