// Attack: writes outside.
// Expect: threw UnauthorizedAccessException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        File.WriteAllText("{TARGET}", "owned");
        return 0;
    }
}
