// Attack: reads what another student handed in.
// Expect: threw DirectoryNotFoundException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(string.Concat(Directory.GetFiles("{CLASS}").Select(File.ReadAllText)));
    }
}
