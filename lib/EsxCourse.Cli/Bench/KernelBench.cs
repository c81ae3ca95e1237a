using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Engine;
using EsxCourse.Kernel.Jupyter;

namespace EsxCourse.Cli.Bench;

/// <summary><c>esx bench kernel</c>: the Jupyter kernel beside Debian's ipykernel, both through the same client script, in alternation.</summary>
/// <remarks>
/// The script is Python's jupyter_client, so what is timed is what a student waits for: processes, sockets and signatures included. The kernel is
/// measured as <c>esx kernel install</c> leaves it; a temporary kernelspec is written, the user's own is not touched.
/// </remarks>
internal sealed class KernelBench : IBenchGroup
{
    private const string Python = "/usr/bin/python3";
    private const string OurName = ".net-csharp";
    private const string PeerName = "python3";
    private const string Peer = "ipykernel";
    private const int Rounds = 7;
    private const int Cells = 500;
    private const int Edge = 50;
    private const int Interrupts = 5;

    /// <summary>Those that polls end, and those that a wake-up ends. The tests try more kinds.</summary>
    private static readonly (string What, string Code)[] Stopped =
    [
        ("a busy loop", "while (true) { }"),
        ("a loop that catches all", "while (true) try { while (true) { } } catch { }"),
        ("recursion", "int Down(int n) => n == 0 ? 0 : Down(n - 1) + Down(n - 1); Down(60)"),
        ("LINQ", "Enumerable.Range(0, int.MaxValue).Select(x => x % 7).Where(x => x > 7).Count()"),
        ("a sleep", "System.Threading.Thread.Sleep(-1);"),
        ("a wait for a task", "new TaskCompletionSource().Task.Wait();"),
        ("an await", "await new TaskCompletionSource().Task;"),
    ];

    public string Name => "kernel";

    public string About => "the C# kernel's start, cells, memory and interrupts through jupyter_client, beside Debian's ipykernel";

    public async IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, [EnumeratorCancellation] CancellationToken stop)
    {
        string folder = Directory.CreateTempSubdirectory("esx-bench-").FullName;
        try
        {
            string script = Path.Combine(folder, "kernel-bench.py");
            await using (Stream from = typeof(KernelBench).Assembly.GetManifestResourceStream("kernel-bench.py")!)
            await using (FileStream to = File.Create(script))
                await from.CopyToAsync(to, stop);
            if (await TryAsync(["-c", "import jupyter_client, ipykernel"], stop) is { } missing)
                throw new BadInputException("esx bench kernel", $"needs jupyter_client and ipykernel ({missing})", "run 'apt-get install python3-jupyter-client python3-ipykernel'");
            doing.Report("translating the kernel to machine code, if that has not been done");
            string? asBuilt = await ReadyKernel.PrepareAsync(stop);
            string kernels = Path.Combine(folder, "kernels");
            KernelSpec.Install(kernels);
            string note = asBuilt is null ? "The kernel is translated beforehand, as 'esx kernel install' leaves it." : $"The kernel runs as built, since it could not be translated beforehand: {asBuilt}";

            // The measured things in alternation, so that whatever else the machine does meets them all.
            List<double> ours = [], peers = [], lectures = [];
            string lecture = $"#r \"{Path.Combine(AppContext.BaseDirectory, "EsxCourse.Lecture.dll")}\"\nEsxCourse.Lecture.Kit.Start();";
            for (int round = 1; round <= Rounds; round++)
            {
                doing.Report($"start, round {round} of {Rounds}");
                ours.Add(await RunAsync<double>([script, "start", kernels, OurName, "1 + 1"], stop));
                peers.Add(await RunAsync<double>([script, "start", "", PeerName, "1 + 1"], stop));
                lectures.Add(await RunAsync<double>([script, "start", kernels, OurName, lecture], stop));
            }

            yield return new BenchRow("client start to first cell done", Figures.Median(ours), "s") { Peer = Peer, PeerFigure = Figures.Median(peers), Limit = BenchLimit.AtMostOfPeer(1), Note = note };
            yield return new BenchRow("client start to the lectures' first cell done", Figures.Median(lectures), "s") { Peer = Peer, PeerFigure = Figures.Median(peers), Note = "Loads the kit's library, charts and formatters; ipykernel runs 1 + 1." };

            doing.Report($"{Cells} cells");
            Session cells = await RunAsync<Session>([script, "session", kernels, OurName, "var page{0} = {0}; page{0} + 1", $"{Cells}"], stop);
            doing.Report($"{Cells} cells of ipykernel");
            Session peerCells = await RunAsync<Session>([script, "session", "", PeerName, "page{0} = {0}; page{0} + 1", $"{Cells}"], stop);
            doing.Report($"{Cells} cells without debug symbols");
            Session bare = await RunAsync<Session>([script, "session", kernels, OurName, "var page{0} = {0}; page{0} + 1", $"{Cells}"], stop, symbols: false);
            yield return new BenchRow("a trivial cell, with lines in stack traces", Figures.Median(cells.Milliseconds), "ms") { Peer = Peer, PeerFigure = Figures.Median(peerCells.Milliseconds), Limit = BenchLimit.AtMost(10), Note = $"Median of {Cells}." };
            yield return new BenchRow("a trivial cell, without debug symbols", Figures.Median(bare.Milliseconds), "ms") { Peer = Peer, PeerFigure = Figures.Median(peerCells.Milliseconds), Limit = BenchLimit.AtMost(8), Note = "ESXCOURSE_KERNEL_SYMBOLS=0." };
            yield return new BenchRow($"the last {Edge} of {Cells} cells over the first {Edge}", Figures.Median(cells.Milliseconds[^Edge..]) / Figures.Median(cells.Milliseconds[..Edge]), "×") { Limit = BenchLimit.AtMost(1.15), Note = "Medians." };
            yield return new BenchRow("memory of kernel and child after 300 cells", cells.MegabytesAfter300, "MB") { Peer = Peer, PeerFigure = peerCells.MegabytesAfter300, Limit = BenchLimit.AtMost(320), Note = "Resident; what both processes share counts twice." };

            foreach ((string what, string code) in Stopped)
            {
                doing.Report($"interrupting {what}");
                double[] times = await RunAsync<double[]>([script, "interrupt", kernels, OurName, $"{Interrupts}", code], stop);
                yield return new BenchRow($"interrupt of {what}, the slowest of {Interrupts}", times.Max(), "ms") { Limit = BenchLimit.AtMost(250) };
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<T> RunAsync<T>(string[] arguments, CancellationToken stop, bool symbols = true)
    {
        (int code, string output, string errors) = await PythonAsync(arguments, symbols, stop);
        return code == 0 ? JsonSerializer.Deserialize<T>(output.TrimEnd().Split('\n')[^1], JsonSerializerOptions.Web)! : throw new InvalidOperationException($"kernel-bench.py {arguments[1]}: {errors.TrimEnd()}");
    }

    /// <summary>The last line of what went wrong, or null.</summary>
    private static async Task<string?> TryAsync(string[] arguments, CancellationToken stop)
    {
        if (!File.Exists(Python))
            return $"there is no {Python}";
        (int code, _, string errors) = await PythonAsync(arguments, symbols: true, stop);
        return code == 0 ? null : errors.TrimEnd().Split('\n')[^1];
    }

    private static async Task<(int Code, string Output, string Errors)> PythonAsync(string[] arguments, bool symbols, CancellationToken stop)
    {
        ProcessStartInfo start = new(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (!symbols)
            start.Environment["ESXCOURSE_KERNEL_SYMBOLS"] = "0";
        using Process python = Process.Start(start)!;
        try
        {
            Task<string> errors = python.StandardError.ReadToEndAsync(stop);
            string output = await python.StandardOutput.ReadToEndAsync(stop);
            await python.WaitForExitAsync(stop);
            return (python.ExitCode, output, await errors);
        }
        finally
        {
            if (!python.HasExited)
                python.Kill(entireProcessTree: true);
        }
    }

    private sealed record Session(double[] Milliseconds, double MegabytesAfter300);
}
