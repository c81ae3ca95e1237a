using BenchmarkDotNet.Attributes;
using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Benchmarks;

/// <summary>The walk of a shadow page table behind the TLB, a page; and the choice of a working-set sample, a period.</summary>
public class WalkBenchmarks
{
    private const int Pages = 1 << 16;

    private readonly Vpn[] vpns = [.. Enumerable.Range(0, Pages).Select(i => new Vpn((int)(i * 40_503L % Pages)))];
    private readonly SimulatedTime time = new(new SimClock());
    private ShadowPageTables shadow = null!;
    private VirtualMachine vm = null!;
    private WorkingSetSampling sampling = null!;

    [GlobalSetup]
    public void Setup()
    {
        shadow = new ShadowPageTables(default, Pages, time, new OutcomeCounts());
        for (int page = 0; page < Pages; page++)
            shadow.Fill(page, new Ppn(page), new Mpn(page));
        vm = new VirtualMachine(default, "vm", new MemoryParameters(PageCount.Zero, new PageCount(Pages), new Shares(1)), time);
        sampling = new WorkingSetSampling(vm, new SamplingOptions(), new RandomStream(1, "sampling"), time);
    }

    [Benchmark(OperationsPerInvoke = Pages)]
    public int Page_walk()
    {
        int walks = 0;
        foreach (Vpn vpn in vpns)
        {
            shadow.TryTranslate(vpn.Value, out bool walked);
            walks += walked ? 1 : 0;
        }

        return walks;
    }

    [Benchmark(OperationsPerInvoke = Pages)]
    public int Page_walks_at_once() => shadow.CountTranslated(0, vpns) + shadow.PassTlb(0, vpns);

    [Benchmark]
    public void Sample_of_a_period()
    {
        vm.VmNanoseconds += 60_000_000_000;
        sampling.Advance();
    }
}
