// Attack: leaves a thread behind that floods the pipe.
// Expect: sent something that is not the protocol
using System.Runtime.InteropServices;
using System.Threading;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        new Thread(() =>
        {
            while (true)
            {
                for (int descriptor = 3; descriptor < 64; descriptor++)
                    write(descriptor, new byte[64], 64);
            }
        }) { IsBackground = true }.Start();
        Thread.Sleep(50);
        return 0;
    }
}
