using System.Diagnostics;
using EsxCourse.Kernel.Jupyter;

namespace EsxCourse.Tests;

/// <summary>Debian's own Python, where its Jupyter packages are, with the kernel of this build installed in a folder of its own.</summary>
/// <remarks>Another Python in the PATH would not see the packages; another kernel on the machine is not seen.</remarks>
internal sealed class DebianPython : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly TemporaryFolder folder = new();

    public DebianPython(string module)
    {
        RequiredTool.Need(System.IO.File.Exists(Python) && Probe(module), $"Debian's {module}");
        KernelSpec.Install(Kernels);
    }

    /// <summary>Where the kernelspec is.</summary>
    public string Kernels => Path.Combine(Data, "kernels");

    /// <summary>Jupyter's data folder of this test.</summary>
    public string Data => folder.File("jupyter");

    /// <summary>A file in this test's own folder.</summary>
    public string File(string name) => folder.File(name);

    public void Dispose() => folder.Dispose();

    /// <summary>Runs one of the test project's own scripts, which prints "passed" if all it tried is as it should be.</summary>
    public async Task PassAsync(string script, params string[] arguments)
    {
        (int code, string output) = await RunAsync(Python, [Path.Combine(AppContext.BaseDirectory, "Jupyter", script), Kernels, .. arguments]);
        Assert.True(code == 0 && output.Contains("passed", StringComparison.Ordinal), output);
    }

    /// <summary>Runs a program as <see cref="StartInfo"/> says; ends it, with all it started, if the test is given up.</summary>
    public async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(StartInfo(program, arguments))!;
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

    /// <summary>How to start a program with Jupyter's folders set to this test's.</summary>
    public ProcessStartInfo StartInfo(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["JUPYTER_DATA_DIR"] = Data;
        start.Environment["JUPYTER_CONFIG_DIR"] = folder.File("config");
        start.Environment["JUPYTER_RUNTIME_DIR"] = folder.File("runtime");
        start.Environment["IPYTHONDIR"] = folder.File("ipython");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return start;
    }

    private static bool Probe(string module)
    {
        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", "import " + module]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
