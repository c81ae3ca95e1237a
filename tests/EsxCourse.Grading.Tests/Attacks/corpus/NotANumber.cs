// Attack: answers what compares with nothing.
// Expect: your answer is NaN

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        return double.NaN;
    }
}
