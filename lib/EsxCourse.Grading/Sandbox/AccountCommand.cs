using System.Diagnostics;

namespace EsxCourse.Grading.Sandbox;

// How a program is locked in where nobody may make namespaces, as in most containers, but we are root:
//
//   empty environment -> setpriv (an account that owns nothing, no way back) -> prlimit (as ever) -> dotnet PROGRAM.dll, which then locks
//     its system calls itself (Worker/Lockdown): no process, no socket, no signal to others, no file written
//
// What is left to it is to read, and what it may read, the owner of files decides. So it holds only where the grader's folders are root's
// alone, which is tried under the very account before anything is started (AccountFolder). Each worker has another account than the last.
//
// Weaker than namespaces: world-readable files of the machine and the names of its processes are in sight.

/// <summary>The command that starts one of our programs locked in by an account of its own.</summary>
internal sealed class AccountCommand : ILockedCommand
{
    /// <summary>Where the workers' and the compilers' accounts begin: numbers that Debian leaves to whoever asks (60000 to 64999), and nobody has.</summary>
    public const int Workers = 64100, Compilers = 64200;

    private const int Accounts = 64;
    private static int started;

    private readonly string[] program;
    private readonly SandboxLimits limits;
    private readonly int first;

    /// <param name="first">The first of its accounts: <see cref="Workers"/> or <see cref="Compilers"/>. A worker must not have a compiler's, whose memory holds submissions.</param>
    /// <param name="program">Our program, where accounts may read it.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="arguments">What it is told.</param>
    public AccountCommand(int first, string program, SandboxLimits limits, IEnumerable<string> arguments)
    {
        (this.first, this.limits) = (first, limits);
        this.program = [Path.Combine(SandboxCommand.DotnetFolder, "dotnet"), "exec", program, .. arguments];
    }

    /// <inheritdoc/>
    public bool IsAround => false;

    /// <inheritdoc/>
    public Process Start(Cgroup? group)
    {
        int account = first + (Interlocked.Increment(ref started) & int.MaxValue) % Accounts;
        return SandboxCommand.Start([SandboxTools.Find("setpriv")!, .. SandboxTools.As(account), .. SandboxCommand.Limited(limits), .. program], limits, group);
    }
}
