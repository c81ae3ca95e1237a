// Attack: prints without end.
// Expect: used more than 0.5 s of CPU time in one call

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        while (true)
            Console.WriteLine(new string('x', 10_000));
    }
}
