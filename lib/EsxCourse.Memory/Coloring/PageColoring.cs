using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Coloring;

// The colours of a host's VMs (the slides' "VMware PFN to MPN mapping preserves page coloring"; OSDI '02 §3.2).
//
//   allocation   asks for a machine page of the guest page's colour; another colour serves when that one is used up
//   partition    gives each VM a run of colours, so that a neighbour cannot evict its lines
//   recolouring  when the partition changes, pages are moved until each has a colour that its VM may have: a copy for each,
//                and for shared pages nothing can be done, since their colour is right for one owner at best
//
// Always: a wish never keeps a page from being backed; a page of the wrong colour is better than none, and is counted.

internal sealed class PageColoring(MachineMemory machine, PageMapper mapper, SimulatedTime time, ColoringOptions options, ulong seed)
{
    private readonly RandomStream random = new(seed, "page colours");
    private readonly List<VirtualMachine> vms = [];
    private readonly List<double> weights = [];
    private readonly RandomStream lines = new(seed, "cache lines");
    private readonly SetAssociativeCache? cache = options.SimulateCache ? new SetAssociativeCache(options.Cache) : null;
    private int handVm;
    private int handPpn;

    /// <summary>Which colours each VM may have now.</summary>
    public CachePartition Partition { get; private set; } = CachePartition.None(options.Cache.Colors);

    /// <summary>A VM is there. Its part of the cache is in proportion to its weight; the others' parts shrink.</summary>
    /// <exception cref="ArgumentException">A partitioned cache has fewer colours than VMs.</exception>
    public void Add(VirtualMachine vm, double weight)
    {
        if (options.Partition)
            Partition = CachePartition.Proportional(options.Cache.Colors, [.. weights, weight]);
        vms.Add(vm);
        weights.Add(weight);
    }

    /// <summary>A VM is gone: the others' parts grow.</summary>
    public void Remove(VirtualMachine vm)
    {
        weights[vm.Id.Value] = 0;
        if (options.Partition)
            Partition = weights.Any(w => w > 0) ? CachePartition.Proportional(options.Cache.Colors, weights) : CachePartition.None(options.Cache.Colors);
    }

    /// <summary>What to ask of the free list for a page.</summary>
    public FrameWish Wish(VirtualMachine vm, Ppn ppn)
    {
        if (options.Policy == ColorPolicy.Random && !Partition.IsPartitioned)
            return new FrameWish(random.Below(options.Cache.Colors));
        (int first, int count) = Partition.RunOf(vm.Id);
        return new FrameWish(Partition.PreferredColor(vm.Id, ppn), first, count);
    }

    /// <summary>A page was touched: one of its lines goes through the cache, if one is simulated.</summary>
    public void Touched(VirtualMachine vm, Mpn mpn)
    {
        if (cache is not null)
            vm.Outcomes.Count(cache.Access(mpn, lines.Below(options.Cache.LinesPerPage)) ? Outcome.CacheHit : Outcome.CacheMiss);
    }

    /// <summary>Whether a page's machine page has a colour that its VM may not have.</summary>
    public bool IsMisplaced(VirtualMachine vm, Ppn ppn) =>
        vm.Pmap.StateOf(ppn) == PmapState.Mapped && !Partition.Allows(vm.Id, options.Cache.ColorOf(vm.Pmap.MpnOf(ppn)));

    /// <summary>A second's worth of moving misplaced pages to their right colour.</summary>
    /// <returns>How many were moved.</returns>
    public int RecolorForOneSecond()
    {
        if (!Partition.IsPartitioned)
            return 0;
        int moved = 0;
        long pages = vms.Sum(vm => (long)vm.Pmap.Length);
        for (long seen = 0; seen < pages && moved < options.RecolorPagesPerSecond; seen++)
        {
            Ppn ppn = new(handPpn);
            VirtualMachine vm = vms[handVm];
            moved += IsMisplaced(vm, ppn) && Recolor(vm, ppn) ? 1 : 0;
            if (++handPpn == vm.Pmap.Length)
                (handPpn, handVm) = (0, (handVm + 1) % vms.Count);
        }

        return moved;
    }

    // A copy to a page of the right colour, if one is free.
    private bool Recolor(VirtualMachine vm, Ppn ppn)
    {
        if ((vm.Pmap.MarksOf(ppn) & PageMarks.PagingOut) != 0)
            return false;
        Mpn from = vm.Pmap.MpnOf(ppn);
        FrameWish wish = Wish(vm, ppn) with { Zone = machine.IsLow(from) ? FrameZone.Any : FrameZone.High };
        if (machine.Allocate(wish) is not { } to)
            return false;
        mapper.Remap(vm, ppn, to);
        vm.Outcomes.Count(Outcome.PageRecolored);
        time.Observer?.On(new PageRecolored(time.Now, vm.Id, ppn, from, to));
        return true;
    }
}

/// <summary>A page was moved to a machine page of a colour that its VM may have.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page.</param>
/// <param name="From">The machine page that it had.</param>
/// <param name="To">The one that it has.</param>
public sealed record PageRecolored(SimTime Time, VmId Vm, Ppn Ppn, Mpn From, Mpn To) : VmEvent(Time, Vm);
