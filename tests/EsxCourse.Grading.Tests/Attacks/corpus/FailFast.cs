// Attack: ends itself by FailFast.
// Expect: ended itself abruptly (signal 6, abort) instead of answering

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        Environment.FailFast("All checks passed.");
        return 0;
    }
}
