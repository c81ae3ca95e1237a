// Attack: calls an object of the checks that it was never given.
// Expect: sent something that is not the protocol (a call to an object that it was not given)
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        byte[] frame = [13, 0, 0, 0, 7, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        for (int descriptor = 3; descriptor < 64; descriptor++)
            write(descriptor, frame, frame.Length);
        return 0;
    }
}
