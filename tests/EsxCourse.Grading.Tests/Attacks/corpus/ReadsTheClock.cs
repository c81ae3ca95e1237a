// Attack: answers by the clock.
// Expect: k at τ =

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        return DateTime.UtcNow.Ticks % 1_000_003;
    }
}
