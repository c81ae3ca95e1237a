using System.ComponentModel;
using System.Diagnostics;

namespace EsxCourse.Cli.Tools;

/// <summary>What a tool is needed for. A job is a word that the user can type after <c>esx doctor --for</c>.</summary>
[Flags]
internal enum Job
{
    None = 0,

    /// <summary><c>esx demo</c>, <c>esx grade</c>: the kit's main job.</summary>
    Demo = 1,

    /// <summary><c>tests/run</c>: everything that the tests drive.</summary>
    Tests = 2,
}

/// <summary>A program that the kit calls and does not ship: how to see whether it works, and how to get it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Purpose">What the kit uses it for, in a few words.</param>
/// <param name="DebianPackage">The Debian package that holds it; null if it does not come from there.</param>
/// <param name="Jobs">The jobs that cannot be done without it.</param>
/// <param name="Command">A harmless command that fails unless the tool can do what the kit needs of it.</param>
internal sealed record Tool(string Name, string Purpose, string? DebianPackage, Job Jobs, params string[] Command)
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs the command: its first line of output if it works, otherwise why not.</summary>
    public ToolState Probe()
    {
        ProcessStartInfo start = new(Command[0], Command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(ProbeLimit))
            {
                process.Kill(entireProcessTree: true);
                return new ToolState(this, Works: false, $"did not answer within {ProbeLimit.TotalSeconds} s");
            }

            return process.ExitCode == 0
                ? new ToolState(this, Works: true, FirstLine(output.Result))
                : new ToolState(this, Works: false, $"is there, but fails: {FirstLine(error.Result)}");
        }
        catch (Win32Exception)
        {
            return new ToolState(this, Works: false, "not installed");
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}

/// <summary>What a probe found.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Works">Whether it does what the kit needs of it.</param>
/// <param name="Detail">Its version if it works, otherwise what is wrong.</param>
internal sealed record ToolState(Tool Tool, bool Works, string Detail)
{
    /// <summary>How to get it, as a sentence.</summary>
    public string Remedy => Tool.DebianPackage is { } package
        ? $"install it with: apt-get install {package} (or let --setup do it)"
        : "see https://dot.net for how to install it";
}
