using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EsxCourse.Cli.Tests.Jupyter;

/// <summary>Debian's Jupyter Notebook with the kernel installed by <c>esx kernel install</c>'s own code, on a copy of the lectures. One for all tests of a class.</summary>
/// <remarks>A copy, because the server saves what is open; the compiled kit lies beside it as in a checkout.</remarks>
public sealed class NotebookServer : IAsyncLifetime
{
    private const string Program = "/usr/bin/jupyter-notebook";
    private const string Token = "for-this-test-only";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private DebianPython? python;
    private Process? server;
    private int port;

    public async ValueTask InitializeAsync()
    {
        python = new DebianPython("notebook");
        string notebooks = Directory.CreateDirectory(Path.Combine(python.File("course"), "notebooks")).FullName;
        foreach (string notebook in Directory.GetFiles(Repository.Path("notebooks"), "*.ipynb"))
            File.Copy(notebook, Path.Combine(notebooks, Path.GetFileName(notebook)));
        // What the lectures' first cells load, and the questions of their self-checks.
        foreach (string folder in new[] { "artifacts", "exercises" })
            Directory.CreateSymbolicLink(Path.Combine(python.File("course"), folder), Repository.Path(folder));
        port = FreePort();
        ProcessStartInfo start = python.StartInfo(Program, "--no-browser", "--allow-root", $"--port={port}", "--port-retries=0", "--ip=127.0.0.1", $"--NotebookApp.token={Token}", $"--notebook-dir={python.File("course")}");
        server = Process.Start(start)!;
        // Read all the time, or the server stops at a full pipe.
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await AnswersAsync();
    }

    /// <summary>The address at which a notebook opens.</summary>
    public string Address(string notebook) => $"http://127.0.0.1:{port}/notebooks/notebooks/{notebook}?token={Token}";

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        python?.Dispose();
    }

    private async Task AnswersAsync()
    {
        using HttpClient client = new();
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/api?token={Token}"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (watch.Elapsed < StartLimit && !server!.HasExited)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
