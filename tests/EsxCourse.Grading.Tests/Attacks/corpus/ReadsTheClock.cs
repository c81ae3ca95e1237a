// Attack: answers by the clock.
// Expect: K at τ = 0 % should be 1

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        return DateTime.UtcNow.Ticks % 7;
    }
}
