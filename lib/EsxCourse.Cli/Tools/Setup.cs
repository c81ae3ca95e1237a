using System.Diagnostics;
using EsxCourse.Contracts;

namespace EsxCourse.Cli.Tools;

/// <summary>Sees to it that the tools of a job are there: says what is missing, or, when asked to, installs it with apt.</summary>
internal static class Setup
{
    /// <summary>Returns once every tool of <paramref name="job"/> works.</summary>
    /// <param name="job">The job that is about to start.</param>
    /// <param name="install">Whether to install what is missing.</param>
    /// <param name="cancellation">Stops the installation.</param>
    /// <exception cref="BadInputException">Something is missing and may not, or could not, be installed.</exception>
    public static async Task EnsureAsync(Job job, bool install, CancellationToken cancellation)
    {
        IReadOnlyList<ToolState> missing = Missing(job);
        if (missing.Count == 0)
            return;
        if (!install)
            throw Lacking(missing[0], missing[0].Remedy);

        string[] packages = [.. missing.Select(state => state.Tool.DebianPackage ?? throw Lacking(state, state.Remedy))];
        Console.Error.WriteLine($"Installing {string.Join(", ", packages)} with apt …");
        await AptAsync(cancellation, "update", "-qq");
        await AptAsync(cancellation, ["install", "-y", "-qq", "--no-install-recommends", .. packages]);

        if (Missing(job) is [ToolState still, ..])
            throw Lacking(still, "see what apt printed above");
    }

    private static IReadOnlyList<ToolState> Missing(Job job) => [.. Toolbox.Probe(job).Where(state => !state.Works)];

    private static BadInputException Lacking(ToolState state, string remedy) =>
        new(state.Tool.Name, $"{state.Detail}, and this job needs it ({state.Tool.Purpose})", remedy);

    private static async Task AptAsync(CancellationToken cancellation, params string[] arguments)
    {
        // A plain user goes through sudo; root, as in a container, has none to go through.
        string[] command = Environment.IsPrivilegedProcess ? ["apt-get", .. arguments] : ["sudo", "apt-get", .. arguments];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        string said;
        int exitCode;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            await output;
            said = await error;
            exitCode = process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BadInputException(command[0], "not found, so nothing can be installed from here", $"install these Debian packages yourself: {string.Join(' ', arguments.Where(a => !a.StartsWith('-')).Skip(1))}");
        }

        if (exitCode != 0)
            throw new BadInputException(string.Join(' ', command), $"ended with exit code {exitCode} ({said.Trim()})", "check the network and try again");
    }
}
