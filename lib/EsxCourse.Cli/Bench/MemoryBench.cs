using System.Runtime.CompilerServices;
using EsxCourse.Contracts;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Cli.Bench;

/// <summary>
/// <c>esx bench memory</c>: what the memory manager's hot paths cost, each beside a loop that only updates one array cell per reference, over the same
/// references and on one core.
/// </summary>
internal sealed class MemoryBench : IBenchGroup
{
    private const int Rounds = 9;
    private const int TracePages = 1_000_000, TraceFrames = TracePages / 10, TraceReferences = 1 << 22;
    private const int HotPages = 1 << 16;
    private const string Peer = "array cell per reference";

    private const int CompilerStages = 2, CallsOfStage = 40;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(100), TimeToCompile = TimeSpan.FromMilliseconds(300);

    public string Name => "memory";

    public string About => "page touches, replacement and the cache model, beside a bare loop over an array";

    public async IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, [EnumeratorCancellation] CancellationToken stop)
    {
        doing.Report("drawing references");
        int[] trace = await Task.Run(() => ZipfReferences.Draw(TracePages, TraceReferences, seed: 1), stop);
        foreach (Contest contest in Contests(trace))
        {
            doing.Report(contest.What);
            (double figure, double loop) = await Task.Run(() => contest.Alternate(stop), stop);
            yield return new BenchRow(contest.What, figure / 1e6, "M/s") { Peer = Peer, PeerFigure = loop / 1e6, Limit = contest.Limit, Note = contest.Note };
        }
    }

    private static IEnumerable<Contest> Contests(int[] trace)
    {
        int[] cells = new int[TracePages];
        Action loop = () => { foreach (int page in trace) cells[page]++; };
        yield return new("clock over a trace", () => ReplacementTrace.ClockMisses(trace, TracePages, TraceFrames), loop, trace.Length, BenchLimit.AtLeastOfPeer(0.4))
        {
            Note = FormattableString.Invariant($"{TraceReferences:N0} references after Zipf's law to {TracePages:N0} pages, {TraceFrames:N0} of them resident."),
        };
        yield return new("exact LRU over the same trace", () => ReplacementTrace.LruMisses(trace, TracePages, TraceFrames), loop, trace.Length, BenchLimit.AtLeastOfPeer(0.25));

        // A cache as large as a core's own, of 16 ways; line after line of half as many pages again as it holds.
        SetAssociativeCache cache = new(new CacheGeometry(1 << 20, 16));
        int lineCount = (int)(cache.Geometry.SizeBytes / cache.Geometry.LineBytes) * 3 / 2;
        int[] lines = [.. Scattered(HotPages).Select(number => (int)((long)number * lineCount / HotPages))];
        yield return new("16-way cache model", () => { foreach (int line in lines) cache.Access(line); }, () => { foreach (int line in lines) cells[line]++; }, lines.Length, BenchLimit.AtLeast(60));

        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(4 * HotPages) });
        VirtualMachine vm = host.AddVm(new VmOptions("vm", new PageCount(2 * HotPages)));
        GuestProcess process = host.StartProcess(vm, "process", new PageCount(HotPages));
        Vpn[] vpns = [.. Scattered(HotPages).Select(page => new Vpn(page))];
        long[] counters = new long[HotPages];
        Action touchLoop = () => { foreach (Vpn vpn in vpns) counters[vpn.Value]++; };
        host.Touch(vm, process, vpns, AccessKind.Write);
        yield return new("page touch through guest table, pmap and counters, hot", () => host.Touch(vm, process, vpns, AccessKind.Read), touchLoop, HotPages, BenchLimit.AtLeastOfPeer(0.1));
        yield return new("the same, a call a touch", () => { foreach (Vpn vpn in vpns) host.Touch(vm, process, vpn, AccessKind.Read); }, touchLoop, HotPages, null);

        Ppn[] ppns = [.. vpns.Select(vpn => new Ppn(vpn.Value))];
        foreach (Ppn ppn in ppns)
            host.Touch(vm, ppn, AccessKind.Write);
        yield return new("page touch through pmap and counters, hot", () => { foreach (Ppn ppn in ppns) host.Touch(vm, ppn, AccessKind.Read); }, touchLoop, HotPages, BenchLimit.AtLeastOfPeer(0.1));
        yield return new("sweep over the states of a VM's pages", () => host.Snapshot(vm), () => { touchLoop(); touchLoop(); }, 2 * HotPages, null);
    }

    // Each number once, far from the one before.
    private static IEnumerable<int> Scattered(int count) => Enumerable.Range(0, count).Select(i => (int)(i * 40_503L % count));

    /// <summary>A pass of what is measured against a pass of its peer over as many references.</summary>
    private sealed record Contest(string What, Action Pass, Action PeerPass, int References, BenchLimit? Limit)
    {
        public string? Note { get; init; }

        /// <summary>
        /// References a second of both, of rounds in alternation, so that a slow moment of the machine meets both. They are those of the round whose ratio is the
        /// median: memory shared with others may be twice as fast from one second to the next, and medians taken apart could come from different seconds.
        /// </summary>
        public (double Figure, double Peer) Alternate(CancellationToken stop)
        {
            Compile(stop);
            List<(double Figure, double Peer)> rounds = [];
            for (int round = 0; round < Rounds; round++)
            {
                stop.ThrowIfCancellationRequested();
                rounds.Add((Rate(Pass), Rate(PeerPass)));
            }

            return rounds.OrderBy(rates => rates.Figure / rates.Peer).ElementAt(Rounds / 2);
        }

        // The just-in-time compiler takes a method in full only after thirty calls that it counted and thirty more that it watched, each time in the background.
        // Until then a loop of the peer's runs at a quarter of its speed, and what is measured beside it would look better than it is.
        private void Compile(CancellationToken stop)
        {
            for (int stage = 0; stage < CompilerStages; stage++)
            {
                for (int call = 0; call < CallsOfStage; call++)
                {
                    stop.ThrowIfCancellationRequested();
                    Pass();
                    PeerPass();
                }

                Thread.Sleep(TimeToCompile);
            }

            Rate(Pass);
            Rate(PeerPass);
        }

        // Of processor time, not of the clock's: who else works on the machine counts for less.
        private double Rate(Action pass)
        {
            TimeSpan start = ThreadTime.Spent, spent;
            int passes = 0;
            do
            {
                pass();
                passes++;
                spent = ThreadTime.Spent - start;
            }
            while (spent < RoundTime);
            return passes * (double)References / spent.TotalSeconds;
        }
    }
}
