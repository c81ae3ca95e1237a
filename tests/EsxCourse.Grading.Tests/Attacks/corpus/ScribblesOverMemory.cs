// Attack: writes all over its memory.
// Expect: ended itself abruptly || memory fault
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        for (long address = 0x10000; ; address += 4096)
            Marshal.WriteInt64((nint)address, -1);
    }
}
