// Attack: lists every file in sight.
// Expect: used more than 0.5 s of CPU time in one call || threw InvalidOperationException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(string.Join(" ", Directory.EnumerateFiles("/", "*secret*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })));
    }
}
