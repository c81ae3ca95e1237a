// Attack: throws an exception whose message throws.
// Expect: threw Hostile in IdlePageCost

public sealed partial class Attack
{
    private sealed class Hostile : Exception
    {
        public override string Message => throw new InvalidOperationException();
    
        public override string ToString() => new('x', 1_000_000_000);
    }

    public double IdlePageCost(int taxPercent)
    {
        throw new Hostile();
    }
}
