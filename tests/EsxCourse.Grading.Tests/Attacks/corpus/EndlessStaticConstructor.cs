// Attack: never gets out of its static constructor.
// Expect: used more than 0.5 s of CPU time in one call

public sealed partial class Attack
{
    static Attack()
    {
        while (true)
        {
        }
    }

    public double IdlePageCost(int taxPercent)
    {
        return 0;
    }
}
