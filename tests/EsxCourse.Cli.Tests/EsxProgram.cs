using System.Diagnostics;

namespace EsxCourse.Cli.Tests;

/// <summary>What a run of the real program left behind.</summary>
internal sealed record EsxRun(int ExitCode, string Output, string Error);

/// <summary>Runs the real <c>esx</c> in a process of its own.</summary>
internal static class EsxProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs <c>esx</c> from the checkout's top folder.</summary>
    public static Task<EsxRun> RunAsync(params string[] arguments) => RunAsync(Repository.Root, [], arguments);

    /// <summary>Runs <c>esx</c> with no network but the loopback, not even that configured.</summary>
    public static Task<EsxRun> RunOfflineAsync(params string[] arguments) =>
        RunAsync(Repository.Root, Environment.IsPrivilegedProcess ? ["unshare", "--net"] : ["unshare", "--map-root-user", "--net"], arguments);

    /// <summary>Starts <c>esx</c> and leaves it running; the caller reads its pipes and ends it.</summary>
    public static Process Start(string folder, string[] prefix, params string[] arguments)
    {
        // A shell starts what it puts into the background with Ctrl-C ignored; where these tests were, the program is given the signal back.
        string[] command = ["env", "--default-signal=INT", .. prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, "esx.dll"), .. arguments];
        ProcessStartInfo start = new(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        return Process.Start(start)!;
    }

    private static async Task<EsxRun> RunAsync(string folder, string[] prefix, string[] arguments)
    {
        using Process process = Start(folder, prefix, arguments);
        process.StandardInput.Close();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new EsxRun(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
