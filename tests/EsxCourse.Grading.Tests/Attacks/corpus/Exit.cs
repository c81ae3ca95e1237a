// Attack: leaves with exit code 0.
// Expect: ended itself with exit code 0 instead of answering

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        Environment.Exit(0);
        return 0;
    }
}
