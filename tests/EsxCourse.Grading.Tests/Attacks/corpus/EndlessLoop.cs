// Attack: never answers.
// Expect: used more than 0.5 s of CPU time in one call

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        while (true)
        {
        }
    }
}
