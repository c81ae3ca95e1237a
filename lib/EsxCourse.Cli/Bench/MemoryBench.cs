using System.Diagnostics;
using System.Runtime.CompilerServices;
using EsxCourse.Contracts;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Cli.Bench;

/// <summary><c>esx bench memory</c>: what a simulated page touch costs, beside a loop that only updates one array cell per reference.</summary>
internal sealed class MemoryBench : IBenchGroup
{
    private const int Pages = 1 << 16;
    private const int Rounds = 7;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(200);

    public string Name => "memory";

    public string About => "page touches a second, beside a bare loop over an array";

    public async IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, [EnumeratorCancellation] CancellationToken stop)
    {
        doing.Report("hot page touches");
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(2 * Pages) });
        VirtualMachine vm = host.AddVm(new VmOptions("vm", new PageCount(Pages)));
        int[] references = [.. Enumerable.Range(0, Pages).Select(i => (int)(i * 40_503L % Pages))];
        long[] counters = new long[Pages];
        foreach (int page in references)
            host.Touch(vm, new Ppn(page), AccessKind.Write);

        (double touches, double loop) = await Task.Run(
            () => Alternate(
                () => { foreach (int page in references) host.Touch(vm, new Ppn(page), AccessKind.Read); },
                () => { foreach (int page in references) counters[page]++; },
                stop),
            stop);
        yield return new BenchRow("page touch through pmap and counters, hot", touches / 1e6, "M/s")
        {
            Peer = "array cell per reference",
            PeerFigure = loop / 1e6,
            Limit = BenchLimit.AtLeastOfPeer(0.1),
        };
    }

    /// <summary>References a second of both, the medians of rounds in alternation, so that a slow moment of the machine meets both.</summary>
    private static (double First, double Second) Alternate(Action first, Action second, CancellationToken stop)
    {
        List<double> ofFirst = [], ofSecond = [];
        for (int round = 0; round < Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            ofFirst.Add(Rate(first));
            ofSecond.Add(Rate(second));
        }

        return (Figures.Median(ofFirst), Figures.Median(ofSecond));
    }

    private static double Rate(Action pass)
    {
        long start = Stopwatch.GetTimestamp();
        int passes = 0;
        do
        {
            pass();
            passes++;
        }
        while (Stopwatch.GetElapsedTime(start) < RoundTime);
        return passes * (double)Pages / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

}
