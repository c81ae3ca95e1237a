// Attack: never answers, in a catch block.
// Expect: used more than 0.5 s of CPU time in one call

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        try
        {
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            while (true)
            {
            }
        }
    }
}
