using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.HotIo;

// Hot I/O page remapping (OSDI '02 §7). The machine has more memory than a device can address; a page beyond the reach is copied
// through a bounce buffer within it, on every transfer. In a VM that is worse than elsewhere: the guest chose a page that it believes
// to be low, and the host backs it with a high one.
//
//     guest:   PPN 17 (low, as far as it knows)
//     machine: MPN 1,300,017 (beyond 4 GB) --copy--> bounce buffer (low) --> device        each transfer, until the page is hot
//              MPN 4,711 (low) -----------------------------------------------> device     after the remap
//
// Low memory is scarce, so making room for one page may mean moving another up (LowMemoryVictims).
//
// Always: the device sees exactly what the page holds, whichever way it goes; bounce buffers are low; a remap changes neither contents
// nor PPN. Left out: shared pages are not moved, since a move is of one PPN and a shared frame has many; they are bounced.
// For contrast, an IOMMU translates for the device, and all of this is unnecessary.

internal sealed class HotIoRemapping
{
    private readonly MachineMemory machine;
    private readonly PageMapper mapper;
    private readonly SimulatedTime time;
    private readonly HotIoOptions options;
    private readonly LowMemoryVictims victims;
    private readonly List<(VirtualMachine Vm, IoHeat Heat)> vms = [];
    private readonly List<Mpn> bounceBuffers = [];
    private int nextBuffer;
    private int secondsToHalving;

    /// <summary>Takes the bounce buffers from low memory, first of all.</summary>
    /// <exception cref="ArgumentException">The machine's low memory cannot hold them.</exception>
    public HotIoRemapping(MachineMemory machine, PageMapper mapper, SimulatedTime time, HotIoOptions options, ulong seed)
    {
        this.machine = machine;
        this.mapper = mapper;
        this.time = time;
        this.options = options.Checked();
        victims = new LowMemoryVictims(options.Demotion, machine, new RandomStream(seed, "low memory victims"));
        secondsToHalving = options.HalvingSeconds;
        for (int i = 0; i < options.BouncePages && !options.Iommu; i++)
            bounceBuffers.Add(machine.Allocate(LowMemory) ?? throw new ArgumentException($"{options.BouncePages} bounce pages do not fit the machine's low memory."));
    }

    private static FrameWish LowMemory => new(-1, Zone: FrameZone.Low);

    /// <summary>Frames that the host keeps for itself. For the invariant check.</summary>
    public IReadOnlyList<Mpn> BounceBuffers => bounceBuffers;

    /// <summary>A VM is there. VMs come in the order of their numbers.</summary>
    public void Add(VirtualMachine vm) => vms.Add((vm, new IoHeat(vm.Pmap.Length)));

    /// <summary>A device takes a page.</summary>
    /// <param name="vm">Whose page.</param>
    /// <param name="ppn">The page, which has a machine page.</param>
    /// <returns>What the device saw.</returns>
    public ContentSeed Send(VirtualMachine vm, Ppn ppn)
    {
        Mpn mpn = vm.Pmap.MpnOf(ppn);
        if (Reaches(vm, ppn, mpn, out int heat))
            return machine.ContentsOf(mpn);
        Mpn buffer = NextBuffer();
        machine.Write(buffer, machine.ContentsOf(mpn));
        ContentSeed seen = machine.ContentsOf(buffer);
        Bounced(vm, ppn, mpn, heat);
        return seen;
    }

    /// <summary>A device fills a page that is the guest's own (not shared).</summary>
    /// <param name="vm">Whose page.</param>
    /// <param name="ppn">The page, which has a machine page.</param>
    /// <param name="contents">What the device writes.</param>
    public void Receive(VirtualMachine vm, Ppn ppn, ContentSeed contents)
    {
        Mpn mpn = vm.Pmap.MpnOf(ppn);
        if (Reaches(vm, ppn, mpn, out int heat))
        {
            machine.Write(mpn, contents);
            return;
        }

        Mpn buffer = NextBuffer();
        machine.Write(buffer, contents);
        machine.Write(mpn, machine.ContentsOf(buffer));
        Bounced(vm, ppn, mpn, heat);
    }

    /// <summary>A second has passed: now and then all counts are halved.</summary>
    public void PassSecond()
    {
        if (--secondsToHalving > 0)
            return;
        secondsToHalving = options.HalvingSeconds;
        foreach ((VirtualMachine _, IoHeat heat) in vms)
            heat.Halve();
    }

    /// <summary>Transfers of a page that are remembered.</summary>
    public int HeatOf(VirtualMachine vm, Ppn ppn) => vms[vm.Id.Value].Heat.Of(ppn);

    private bool Reaches(VirtualMachine vm, Ppn ppn, Mpn mpn, out int heat)
    {
        heat = vms[vm.Id.Value].Heat.Add(ppn);
        bool reaches = options.Iommu || machine.IsLow(mpn);
        if (reaches)
            vm.Outcomes.Count(options.Iommu ? Outcome.IoTranslated : Outcome.IoDirect);
        return reaches;
    }

    private Mpn NextBuffer()
    {
        nextBuffer = nextBuffer + 1 == bounceBuffers.Count ? 0 : nextBuffer + 1;
        return bounceBuffers[nextBuffer];
    }

    private void Bounced(VirtualMachine vm, Ppn ppn, Mpn mpn, int heat)
    {
        vm.Outcomes.Count(Outcome.IoBounced);
        time.Observer?.On(new PageBounced(time.Now, vm.Id, ppn, mpn, heat));
        if (options.Remap && heat >= options.Threshold && LowMemoryVictims.MayMove(vm, ppn))
            Remap(vm, ppn, mpn, heat);
    }

    private void Remap(VirtualMachine vm, Ppn ppn, Mpn from, int heat)
    {
        if ((machine.Allocate(LowMemory) ?? MakeRoom(heat)) is not { } low)
        {
            vm.Outcomes.Count(Outcome.IoRemapRefused);
            return;
        }

        mapper.Remap(vm, ppn, low);
        vm.Outcomes.Count(Outcome.IoRemapped);
        time.Observer?.On(new HotPageRemapped(time.Now, vm.Id, ppn, from, low));
    }

    // Moves a page up and returns the low page that it leaves. Needs a free high page to move it to.
    private Mpn? MakeRoom(int heat)
    {
        if (machine.Free == machine.FreeLow || victims.Choose(vms, heat) is not { } victim)
            return null;
        Mpn from = victim.Vm.Pmap.MpnOf(victim.Ppn);
        Mpn high = machine.Allocate(new FrameWish(-1, Zone: FrameZone.High))!.Value;
        mapper.Remap(victim.Vm, victim.Ppn, high);
        victim.Vm.Outcomes.Count(Outcome.IoDemoted);
        time.Observer?.On(new PageDemoted(time.Now, victim.Vm.Id, victim.Ppn, from, high));
        return machine.Allocate(LowMemory);
    }
}
