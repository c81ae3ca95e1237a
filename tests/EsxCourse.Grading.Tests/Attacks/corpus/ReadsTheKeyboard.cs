// Attack: waits for somebody to type.
// Expect: k at τ = 0 % should be 1

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        string? typed = Console.ReadLine();
        if (typed is null && Console.Read() < 0)
            return Console.OpenStandardInput().ReadByte();
        return 0;
    }
}
