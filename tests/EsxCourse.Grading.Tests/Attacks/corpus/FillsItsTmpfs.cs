// Attack: writes into its own /tmp.
// Expect: threw UnauthorizedAccessException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        File.WriteAllBytes("/tmp/big", new byte[64 << 20]);
        return 0;
    }
}
