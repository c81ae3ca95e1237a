// Attack: answers with a list of two thousand million pages.
// Expect: sent something that is not the protocol (an answer that ends 4 bytes early)
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        byte[] frame = [9, 0, 0, 0, 5, 3, 0, 0, 0, 255, 255, 255, 127];
        for (int descriptor = 3; descriptor < 64; descriptor++)
            write(descriptor, frame, frame.Length);
        return 0;
    }
}
