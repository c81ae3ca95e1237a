// Attack: opens pipes until there are no more, and fills them.
// Expect: k at τ = 0 % should be 1 || died of an exception on a thread of its own
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern int pipe2(int[] ends, int flags);

    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        int[] ends = new int[2];
        byte[] page = new byte[4096];
        while (pipe2(ends, 2048) == 0)
            while (write(ends[1], page, page.Length) > 0)
            {
            }

        return 0;
    }
}
