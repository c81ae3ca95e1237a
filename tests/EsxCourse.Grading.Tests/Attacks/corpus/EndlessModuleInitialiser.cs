// Attack: never gets out of its module initialiser.
// Expect: used more than 0.5 s of CPU time in one call
using System.Runtime.CompilerServices;

public sealed partial class Attack
{
    [ModuleInitializer]
    internal static void Begin()
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
