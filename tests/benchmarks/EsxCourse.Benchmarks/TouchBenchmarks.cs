using BenchmarkDotNet.Attributes;
using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Benchmarks;

/// <summary>Touches of mapped pages, unobserved, and what a sweep over all of them takes. Each figure is for one page.</summary>
public class TouchBenchmarks
{
    private const int Pages = 1 << 16;

    private readonly Vpn[] vpns = [.. Enumerable.Range(0, Pages).Select(i => new Vpn((int)(i * 40_503L % Pages)))];
    private readonly long[] cells = new long[Pages];
    private EsxHost host = null!;
    private VirtualMachine vm = null!;
    private GuestProcess process = null!;

    [GlobalSetup]
    public void Setup()
    {
        host = new EsxHost(new HostOptions { MachineMemory = new PageCount(4 * Pages) });
        vm = host.AddVm(new VmOptions("vm", new PageCount(2 * Pages)));
        process = host.StartProcess(vm, "process", new PageCount(Pages));
        host.Touch(vm, process, vpns, AccessKind.Write);
        for (int ppn = 0; ppn < Pages; ppn++)
            host.Touch(vm, new Ppn(ppn), AccessKind.Write);
    }

    [Benchmark(OperationsPerInvoke = Pages, Baseline = true)]
    public void Array_cell()
    {
        foreach (Vpn vpn in vpns)
            cells[vpn.Value]++;
    }

    [Benchmark(OperationsPerInvoke = Pages)]
    public int Many_virtual_pages() => host.Touch(vm, process, vpns, AccessKind.Read);

    [Benchmark(OperationsPerInvoke = Pages)]
    public void A_virtual_page()
    {
        foreach (Vpn vpn in vpns)
            host.Touch(vm, process, vpn, AccessKind.Read);
    }

    [Benchmark(OperationsPerInvoke = Pages)]
    public void A_physical_page()
    {
        foreach (Vpn vpn in vpns)
            host.Touch(vm, new Ppn(vpn.Value), AccessKind.Read);
    }

    [Benchmark(OperationsPerInvoke = 2 * Pages)]
    public PmapSnapshot States_of_all_pages() => host.Snapshot(vm);
}
