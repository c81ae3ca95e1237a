using System.Diagnostics;
using EsxCourse.Kernel.Jupyter;

namespace EsxCourse.Kernel.Tests.Jupyter;

/// <summary>The kernel, installed and started by Debian's jupyter_client as any client would; the cases are in protocol.py.</summary>
public sealed class ProtocolTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly string folder = Directory.CreateTempSubdirectory("esx-kernels-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<(int Code, string Output)> RunPythonAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(Python) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // Several cases share a kernel, since its start is the dear part; those that count executions have one of their own.
    [Theory]
    [InlineData("kernel_info,execute,user_expressions,comms,stdin,is_complete")]
    [InlineData("errors,stop_on_error,displays")]
    [InlineData("history,complete,inspect,forged")]
    [InlineData("interrupt")]
    [InlineData("abandon,crash,flood")]
    public async Task A_real_client_is_served(string cases)
    {
        bool has = File.Exists(Python) && (await RunPythonAsync("-c", "import jupyter_client")).Code == 0;
        RequiredTool.Need(has, "Debian's python3-jupyter-client");
        KernelSpec.Install(folder);
        (int code, string output) = await RunPythonAsync(Path.Combine(AppContext.BaseDirectory, "Jupyter", "protocol.py"), folder, cases);
        Assert.True(code == 0 && output.Contains("passed", StringComparison.Ordinal), output);
    }
}
