// Attack: writes a file by every call that can make one.
// Expect: k at τ = 0 % should be 1
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, long a, long b, long c, long d, long e, long f);

    public double IdlePageCost(int taxPercent)
    {
        byte[] path = [.. global::System.Text.Encoding.UTF8.GetBytes("{TARGET}"), 0];
        GCHandle pinned = GCHandle.Alloc(path, GCHandleType.Pinned);
        nint at = pinned.AddrOfPinnedObject();
        const long Open = 2, Creat = 85, OpenAt = 257, OpenAt2 = 437, MkDir = 83, MkNod = 133, SymLink = 88, Link = 86, Rename = 82, Memfd = 319;
        foreach (long call in new[] { Open, Creat, MkDir, MkNod, SymLink, Link, Rename, Memfd })
            syscall(call, at, 0x241, 0x1ff, 0, 0, 0);
        syscall(OpenAt, -100, at, 0x241, 0x1ff, 0, 0);
        syscall(OpenAt2, -100, at, at, 24, 0, 0);
        return 0;
    }
}
