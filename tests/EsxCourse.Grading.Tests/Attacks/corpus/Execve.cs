// Attack: becomes another program.
// Expect: threw InvalidOperationException in IdlePageCost
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern int execve(string path, string?[] arguments, string?[] environment);

    public double IdlePageCost(int taxPercent)
    {
        execve("/dotnet/dotnet", ["/dotnet/dotnet", null], [null]);
        throw new InvalidOperationException("no exec");
    }
}
