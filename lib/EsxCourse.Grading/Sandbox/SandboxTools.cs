using System.Diagnostics;
using EsxCourse.Contracts;
using EsxCourse.Grading.Worker.Lockdown;

namespace EsxCourse.Grading.Sandbox;

/// <summary>The programs of the machine that sandboxes are made of.</summary>
internal static class SandboxTools
{
    private const string Install = "install it with 'apt-get install bubblewrap util-linux', or give --unsafe to run code of your own without one";

    /// <summary>Why nothing can be sandboxed here; null when it can.</summary>
    public static BadInputException? Missing()
    {
        if (!SeccompFilter.KnowsThisMachine)
            return new BadInputException("sandbox", "student code is graded on x64 Linux only", "run this on such a machine, on Windows inside WSL, or give --unsafe to run code of your own");
        return Missing("bwrap") ?? Missing("prlimit");
    }

    /// <summary>Where a program lies; null when it is not on the PATH.</summary>
    public static string? Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(IsProgram);

    /// <summary>Whether bwrap takes an option: those of Debian 12 and later know all that we use, older ones not.</summary>
    public static bool BubblewrapTakes(string option) => Run(Find("bwrap")!, ["--help"]).Output.Contains(option, StringComparison.Ordinal);

    /// <summary>Whether bwrap is there and may make namespaces. In many containers it may not.</summary>
    public static bool MakesNamespaces() =>
        Find("bwrap") is string bwrap && Run(bwrap, ["--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--ro-bind", "/", "/", "--proc", "/proc", "true"]).ExitCode == 0;

    /// <summary>Runs a shell's words under an account.</summary>
    /// <returns>Whether they ended well.</returns>
    public static bool Holds(int account, string words, IEnumerable<string> arguments) =>
        Run(Find("setpriv")!, [.. As(account), Find("sh")!, "-c", words, "sh", .. arguments]).ExitCode == 0;

    /// <summary>What setpriv is told to become an account, and never more than that again.</summary>
    public static string[] As(int account) => [$"--reuid={account}", $"--regid={account}", "--clear-groups", "--no-new-privs", "--"];

    /// <summary>Whether a user without rights may read all of these files, so that root need not stay root for them.</summary>
    public static bool NobodyMayRead(IEnumerable<string> files) =>
        Find("setpriv") is string setpriv && Find("sh") is string sh
        && Run(setpriv, [.. AsNobody, sh, "-c", "for file; do test -r \"$file\" || exit 1; done", "sh", .. files]).ExitCode == 0;

    /// <summary>What setpriv is told to become the user without rights.</summary>
    public static string[] AsNobody { get; } = ["--reuid=65534", "--regid=65534", "--clear-groups", "--"];

    /// <summary>Why a tool cannot be used; null when it is there.</summary>
    public static BadInputException? Missing(string tool) =>
        Find(tool) is null ? new BadInputException(tool, "not found on the PATH, and student code is never run without a sandbox", Install) : null;

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
