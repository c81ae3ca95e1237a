// Attack: asks for a debugger and breaks into it.
// Expect: k at τ = 0 % should be 1

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        System.Diagnostics.Debugger.Launch();
        System.Diagnostics.Debugger.Break();
        return 0;
    }
}
