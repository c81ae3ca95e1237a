using System.Diagnostics;

namespace EsxCourse.Gradebook.Tests;

/// <summary>The program EsxCourse.Gradebook.Writer in a process of its own, optionally behind another command (a sandbox).</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> error;

    public WriterProcess(string place, int count, params string[] behind)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "EsxCourse.Gradebook.Writer.dll");
        string[] command = [.. behind, "dotnet", program, place, count.ToString()];
        process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The next line that it says; null at the end.</summary>
    public async Task<string?> SaysAsync() => await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>All lines that it says from here to its end.</summary>
    public async Task<List<string>> SaysAllAsync()
    {
        List<string> lines = [];
        while (await SaysAsync() is { } line)
            lines.Add(line);
        return lines;
    }

    /// <summary>Ends it as the kernel's out-of-memory killer would: SIGKILL, no chance to tidy up.</summary>
    public void Kill() => process.Kill();

    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
