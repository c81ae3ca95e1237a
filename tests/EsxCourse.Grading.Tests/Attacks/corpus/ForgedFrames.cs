// Attack: writes a forged result on every descriptor.
// Expect: sent something that is not the protocol (an answer to a call that was not made)
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        byte[] frame = [13, 0, 0, 0, 5, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 240, 63];
        for (int descriptor = 0; descriptor < 64; descriptor++)
        {
            for (int times = 0; times < 20; times++)
                write(descriptor, frame, frame.Length);
        }
        
        return 0;
    }
}
