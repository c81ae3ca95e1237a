// Attack: burns the processor in a finaliser.
// Expect: k at τ = 0 % should be 1

public sealed partial class Attack
{
    private sealed class Trap
    {
        ~Trap()
        {
            while (true)
            {
            }
        }
    }

    public double IdlePageCost(int taxPercent)
    {
        _ = new Trap();
        GC.Collect();
        return 0;
    }
}
