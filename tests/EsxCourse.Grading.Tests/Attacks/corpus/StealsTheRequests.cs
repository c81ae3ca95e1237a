// Attack: reads the pipe of the requests empty from a thread of its own, so that the next call never arrives.
// Expect: did not answer within 5 s
using System.Runtime.InteropServices;
using System.Threading;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint read(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        new Thread(() =>
        {
            byte[] stolen = new byte[4096];
            for (int descriptor = 3; descriptor < 16; descriptor++)
            {
                int mine = descriptor;
                new Thread(() =>
                {
                    while (read(mine, stolen, stolen.Length) > 0)
                    {
                    }
                }).Start();
            }
        }).Start();
        Thread.Sleep(100);
        return 0;
    }
}
