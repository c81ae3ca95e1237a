// Attack: announces a frame of a gigabyte.
// Expect: sent something that is not the protocol (a frame of 1073741824 bytes)
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        byte[] header = [0, 0, 0, 64, 5, 3, 0, 0, 0];
        for (int descriptor = 3; descriptor < 64; descriptor++)
            write(descriptor, header, header.Length);
        return 0;
    }
}
