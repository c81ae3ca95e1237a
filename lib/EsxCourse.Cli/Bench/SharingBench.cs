using System.IO.Hashing;
using System.Runtime.CompilerServices;
using EsxCourse.Contracts;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Cli.Bench;

// The memory manager's own sharing (hash, table, hint, full comparison, pmap and counters) over real bytes, on one core. Beside it: hashing the same
// pages and doing nothing with it, which no scan can beat; and KSM, the Linux kernel's sharing, on the very same pages.

/// <summary><c>esx bench sharing</c>: pages scanned for sharing a second, beside the bare hash and beside the kernel's KSM.</summary>
internal sealed class SharingBench : IBenchGroup
{
    private const int MostPagesOfVm = 1 << 16;

    // Scan and hash take turns, a few milliseconds each, so that a slow moment of the machine meets both.
    private const int Turn = 4096;
    private const int Passes = 3;

    private static readonly TimeSpan TimeToCompile = TimeSpan.FromMilliseconds(300);

    public string Name => "sharing";

    public string About => "real memory of eight VMs scanned for equal pages, beside the bare hash and KSM";

    public async IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, [EnumeratorCancellation] CancellationToken stop)
    {
        long quarter = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / PageCount.PageSizeBytes / RealMemory.Vms;
        int pagesOfVm = (int)Math.Min(MostPagesOfVm, quarter / Turn * Turn);
        string size = FormattableString.Invariant($"{(double)pagesOfVm * RealMemory.Vms * PageCount.PageSizeBytes / (1 << 30):0.##} GiB");
        doing.Report($"making {size} of real pages");
        RealMemory memory = await Task.Run(() => new RealMemory(pagesOfVm, stop), stop);
        try
        {
            doing.Report("scan and bare hash, in order");
            await Task.Run(() => Compile(memory, stop), stop);
            Turns order = await Task.Run(() => Measure(memory, memory.InOrder(), stop), stop);
            yield return new BenchRow("sharing scan, pages in order", order.Scanned / 1e6, "M pages/s")
            {
                Peer = "XxHash3 alone",
                PeerFigure = order.Hashed / 1e6,
                Limit = BenchLimit.AtLeastOfPeer(0.2),
                Note = $"{size} of {RealMemory.Vms} VMs, 10 % zero, 40 % common to all, 50 % unique; full comparison before sharing. One core, in processor time.",
            };
            doing.Report("scan and bare hash, in random order");
            Turns random = await Task.Run(() => Measure(memory, memory.AtRandom(), stop), stop);
            yield return new BenchRow("sharing scan, pages at random", random.Scanned / 1e6, "M pages/s")
            {
                Peer = "XxHash3 alone",
                PeerFigure = random.Hashed / 1e6,
                Limit = BenchLimit.AtLeastOfPeer(0.55),
            };
            foreach (BenchRow row in await BesideKsmAsync(memory, doing, stop))
                yield return row;
        }
        finally
        {
            memory = null!;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    // KSM cannot take turns with anybody; passes before it and after it meet the same minute of the machine. Of all of them, pages over time.
    private static async Task<IReadOnlyList<BenchRow>> BesideKsmAsync(RealMemory memory, IProgress<string> doing, CancellationToken stop)
    {
        doing.Report("scan alone, before KSM");
        (TimeSpan before, long ours) = await Task.Run(() => ScanAll(memory, stop), stop);
        doing.Report("KSM at full speed on the same pages");
        KsmResult ksm = await KsmPeer.MeasureAsync(memory, stop);
        doing.Report("scan alone, after KSM");
        (TimeSpan after, _) = await Task.Run(() => ScanAll(memory, stop), stop);
        return
        [
            new BenchRow("sharing to convergence", 2.0 * Passes * memory.Pages / (before + after).TotalSeconds / 1e6, "M pages/s")
            {
                Peer = "KSM at full speed",
                PeerFigure = ksm.PagesPerSecond / 1e6,
                Limit = BenchLimit.AtLeastOfPeer(10),
                Note = ksm.WhyNot ?? $"{ksm.Note} Ours is the mean of {Passes} passes before it and as many after it.",
            },
            ksm.Saved is { } saved
                ? new BenchRow("pages saved, more or less than KSM", Math.Abs(ours - saved), "pages")
                {
                    Limit = BenchLimit.AtMost(1),
                    Note = $"{ours:N0} here, {saved:N0} by KSM with use_zero_pages, which keeps no zero page at all: the kernel has one already.",
                }
                : new BenchRow("pages saved", ours, "pages") { Peer = "KSM", Note = ksm.WhyNot },
        ];
    }

    /// <summary>Scans all pages in order, some times over, each time with a host that knows nothing of them yet.</summary>
    private static (TimeSpan Spent, long Saved) ScanAll(RealMemory memory, CancellationToken stop)
    {
        GuestPage[] order = memory.InOrder();
        TimeSpan spent = default;
        long saved = 0;
        for (int pass = 0; pass < Passes; pass++)
        {
            EsxHost host = HostOf(memory);
            TimeSpan start = ThreadTime.Spent;
            for (int from = 0; from < order.Length; from += Turn)
            {
                stop.ThrowIfCancellationRequested();
                host.ScanForSharing(order.AsSpan(from, Turn));
            }

            spent += ThreadTime.Spent - start;
            saved = host.SharingReport()!.Value.Reclaimed.Value;
        }

        return (spent, saved);
    }

    /// <summary>Lets the just-in-time compiler see what is measured; it compiles in two stages, each in the background.</summary>
    private static void Compile(RealMemory memory, CancellationToken stop)
    {
        for (int stage = 0; stage < 2; stage++)
        {
            Measure(memory, memory.InOrder().AsSpan(0, 8 * Turn), stop);
            Thread.Sleep(TimeToCompile);
        }
    }

    /// <summary>Scans all pages in this order; between turns, as many pages from the other half of the order are hashed.</summary>
    private static Turns Measure(RealMemory memory, ReadOnlySpan<GuestPage> order, CancellationToken stop)
    {
        EsxHost host = HostOf(memory);
        TimeSpan scanning = default, hashing = default;
        ulong all = 0;
        for (int from = 0; from < order.Length; from += Turn)
        {
            stop.ThrowIfCancellationRequested();
            TimeSpan start = ThreadTime.Spent;
            foreach (GuestPage page in order.Slice((from + (order.Length / 2)) % order.Length, Turn))
                all ^= XxHash3.HashToUInt64(memory.PageOf(page));
            TimeSpan between = ThreadTime.Spent;
            host.ScanForSharing(order.Slice(from, Turn));
            scanning += ThreadTime.Spent - between;
            hashing += between - start;
        }

        GC.KeepAlive(all);
        return new Turns(order.Length / scanning.TotalSeconds, order.Length / hashing.TotalSeconds);
    }

    private static EsxHost HostOf(RealMemory memory)
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(memory.Pages + (memory.Pages / 8)), Sharing = new SharingOptions() });
        for (int vm = 0; vm < RealMemory.Vms; vm++)
            host.LoadImage(host.AddVm(new VmOptions($"VM{vm + 1}", new PageCount(memory.PagesOfVm))), memory.ImageOf(vm));
        return host;
    }

    /// <summary>Pages a second of both.</summary>
    private sealed record Turns(double Scanned, double Hashed);
}
