// Attack: never gets out of its constructor.
// Expect: used more than 0.5 s of CPU time in one call

public sealed partial class Attack
{
    public Attack()
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
