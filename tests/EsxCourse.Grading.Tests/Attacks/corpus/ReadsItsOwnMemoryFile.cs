// Attack: writes the memory of its process through /proc.
// Expect: threw UnauthorizedAccessException in IdlePageCost
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        using FileStream memory = new("/proc/self/mem", FileMode.Open, FileAccess.ReadWrite);
        memory.Position = 0x400000;
        memory.WriteByte(1);
        return 0;
    }
}
