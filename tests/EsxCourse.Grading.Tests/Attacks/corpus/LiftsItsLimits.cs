// Attack: raises its own limits, and lowers those of the sandbox around it.
// Expect: used up its memory || used more than 0.5 s of CPU time
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, long a, long b, long c, long d, long e, long f);

    public double IdlePageCost(int taxPercent)
    {
        const long PrLimit = 302;
        byte[] unlimited = [.. Enumerable.Repeat((byte)255, 16)];
        GCHandle pinned = GCHandle.Alloc(unlimited, GCHandleType.Pinned);
        for (int resource = 0; resource < 16; resource++)
            for (int pid = 0; pid < 3; pid++)
                syscall(PrLimit, pid, resource, pinned.AddrOfPinnedObject(), 0, 0, 0);
        List<byte[]> kept = [];
        while (true)
            kept.Add(GC.AllocateArray<byte>(1 << 20, pinned: true));
    }
}
