// Attack: loads libc by hand and has it run a command.
// Expect: k at τ = 0 % should be 1
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    private delegate int System(string command);

    public double IdlePageCost(int taxPercent)
    {
        nint libc = NativeLibrary.Load("libc.so.6");
        var system = Marshal.GetDelegateForFunctionPointer<System>(NativeLibrary.GetExport(libc, "system"));
        return system("echo owned > {TARGET}");
    }
}
