// Attack: prints what the runtime prints when it runs out of memory, and aborts.
// Expect: used up its memory

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        Console.Error.WriteLine("Out of memory.");
        Environment.FailFast("Out of memory.");
        return 0;
    }
}
