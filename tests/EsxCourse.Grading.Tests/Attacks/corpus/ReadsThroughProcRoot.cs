// Attack: looks for the machine's files through /proc.
// Expect: threw InvalidOperationException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(string.Join(" ", new[] { "/proc/1/root{CANARY}", "/proc/self/root{CANARY}", "/proc/self/cwd/../{CANARY}" }.Where(File.Exists).Select(File.ReadAllText)) + " nothing");
    }
}
