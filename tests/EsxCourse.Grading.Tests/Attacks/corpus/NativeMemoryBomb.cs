// Attack: takes all native memory.
// Expect: used up its memory in IdlePageCost || used more than 0.5 s of CPU time
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        while (true)
        {
            IntPtr block = Marshal.AllocHGlobal(1 << 24);
            for (int i = 0; i < 1 << 24; i += 4096)
                Marshal.WriteByte(block, i, 1);
        }
    }
}
