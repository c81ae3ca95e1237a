// Attack: writes garbage on every descriptor.
// Expect: sent something that is not the protocol
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        byte[] garbage = [.. Enumerable.Repeat((byte)255, 4000)];
        for (int descriptor = 0; descriptor < 64; descriptor++)
            write(descriptor, garbage, garbage.Length);
        return 0;
    }
}
