// Attack: answers with an exception of a hundred megabytes.
// Expect: threw InvalidOperationException in IdlePageCost (Attack.cs, line 8): xxxx || used up its memory

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(new string('x', 50_000_000));
    }
}
