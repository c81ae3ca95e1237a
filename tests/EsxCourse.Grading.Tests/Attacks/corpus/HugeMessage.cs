// Attack: throws an exception whose message is longer than the pipe takes.
// Expect: threw InvalidOperationException in IdlePageCost (Attack.cs, line 8): xxxx || used up its memory

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(new string('x', 20_000_000));
    }
}
