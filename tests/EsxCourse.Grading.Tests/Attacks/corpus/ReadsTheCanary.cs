// Attack: reads a file of the grader.
// Expect: threw DirectoryNotFoundException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(File.ReadAllText("{CANARY}"));
    }
}
