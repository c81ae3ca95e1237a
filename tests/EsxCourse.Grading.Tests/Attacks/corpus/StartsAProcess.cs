// Attack: starts a shell.
// Expect: threw Win32Exception in IdlePageCost
using System.Diagnostics;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        Process.Start("/bin/sh", ["-c", "echo owned > {TARGET}"])!.WaitForExit();
        return 0;
    }
}
