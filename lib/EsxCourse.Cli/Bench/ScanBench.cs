using System.Diagnostics;
using System.Runtime.CompilerServices;
using EsxCourse.Scan;

namespace EsxCourse.Cli.Bench;

/// <summary><c>esx bench scan</c>: <c>esx scan /usr</c>, which reads and hashes and counts, beside <c>cat</c>, which only reads. Both find the files in the page cache.</summary>
internal sealed class ScanBench : IBenchGroup
{
    private const string Tree = "/usr";
    private const int Rounds = 3;

    public string Name => "scan";

    public string About => $"a scan of {Tree} for equal pages, beside cat of the same files";

    public async IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, [EnumeratorCancellation] CancellationToken stop)
    {
        doing.Report($"listing {Tree}");
        ScanInput input = ScanInput.Find([Tree], stop);
        string list = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(list, string.Concat(input.Sources.Select(source => source.Name + '\0')), stop);
            doing.Report("reading everything once, so that it is in the page cache");
            await CatAsync(list, stop);
            List<double> scan = [], cat = [];
            for (int round = 1; round <= Rounds; round++)
            {
                doing.Report($"round {round} of {Rounds}");
                scan.Add(await Seconds(Task.Run(() => PageScan.Run(ScanInput.Find([Tree], stop), stop: stop), stop)));
                cat.Add(await Seconds(CatAsync(list, stop)));
            }

            double gibibytes = input.Length / (double)(1 << 30);
            yield return new BenchRow($"scan of {Tree}, warm", gibibytes / Figures.Median(scan), "GiB/s")
            {
                Peer = "cat of the same files",
                PeerFigure = gibibytes / Figures.Median(cat),
                Limit = BenchLimit.AtLeastOfPeer(0.8),
                Note = FormattableString.Invariant($"{input.Sources.Count:N0} files, {gibibytes:0.0} GiB; the scan lists the tree as well and uses {Environment.ProcessorCount} cores, cat one."),
            };
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static async Task<double> Seconds(Task work)
    {
        long start = Stopwatch.GetTimestamp();
        await work;
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task CatAsync(string list, CancellationToken stop)
    {
        using Process cat = Process.Start(new ProcessStartInfo("sh", ["-c", $"xargs -0 cat < '{list}' > /dev/null 2>&1"]))!;
        try
        {
            await cat.WaitForExitAsync(stop);
        }
        finally
        {
            if (!cat.HasExited)
                cat.Kill(entireProcessTree: true);
        }
    }

}
