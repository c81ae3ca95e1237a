using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Sharing;

// Sharing with nothing around it: machine memory, a mapper, VMs whose pages a test fills by hand.
internal sealed class Room
{
    private readonly List<VirtualMachine> vms = [];
    private readonly SimulatedTime time;
    private readonly SwapSpace swapSpace;

    public Room(int frames = 64, SharingOptions? options = null, IMemoryObserver? observer = null)
    {
        time = new SimulatedTime(new SimClock()) { Observer = observer };
        Machine = new MachineMemory(new PageCount(frames));
        swapSpace = new SwapSpace(new PageCount(1000));
        Mapper = new PageMapper(Machine, swapSpace, time);
        Sharing = new ContentSharing(Machine, Contents, Mapper, time, options ?? new SharingOptions(), seed: 1);
    }

    public MachineMemory Machine { get; }

    public PageMapper Mapper { get; }

    public PageContents Contents { get; } = new();

    public ContentSharing Sharing { get; }

    public SharingTable Table => Sharing.Table;

    public IReadOnlyList<VirtualMachine> Vms => vms;

    public VirtualMachine Vm(int pages = 16)
    {
        VirtualMachine vm = new(new VmId(vms.Count), $"VM{vms.Count + 1}", new MemoryParameters(default, new PageCount(pages), new Shares(pages)), time);
        vms.Add(vm);
        Sharing.Add(vm);
        return vm;
    }

    /// <summary>The guest writes a page, breaking sharing if need be.</summary>
    public void Write(VirtualMachine vm, int page, ContentSeed contents)
    {
        Ppn ppn = new(page);
        if (vm.StateOf(ppn) == PmapState.Unbacked)
            Mapper.Back(vm, ppn, Machine.AllocateZeroed()!.Value);
        else if (vm.StateOf(ppn) == PmapState.Shared && Sharing.NeedsCopy(vm, ppn))
            Sharing.BreakSharing(vm, ppn, Machine.Allocate()!.Value, overwritten: false);
        else if (vm.StateOf(ppn) == PmapState.Shared)
            Sharing.MakePrivate(vm, ppn);
        Machine.Write(vm.Pmap.MpnOf(ppn), contents);
    }

    /// <summary>A swap daemon that tries to share first.</summary>
    public HostSwap Swap() => new(swapSpace, Mapper, time, 0, 0) { BeforePageOut = Sharing.ScanBeforePageOut };

    public bool Scan(VirtualMachine vm, int page) => Sharing.Scan(vm, new Ppn(page));

    public ContentSeed Read(VirtualMachine vm, int page) => Machine.ContentsOf(vm.MpnOf(new Ppn(page))!.Value);

    public long Count(Outcome outcome) => vms.Sum(vm => vm.Outcomes[outcome]);

    /// <summary>Every pmap entry counted anew: shared frames have exactly as many mappers as their count says.</summary>
    public void Check()
    {
        Table.CheckInvariants();
        Dictionary<Mpn, int> mappers = [];
        foreach (VirtualMachine vm in vms)
            for (int i = 0; i < vm.Pmap.Length; i++)
                if (vm.MpnOf(new Ppn(i)) is { } mpn)
                {
                    mappers[mpn] = mappers.GetValueOrDefault(mpn) + 1;
                    Assert.Equal(vm.StateOf(new Ppn(i)) == PmapState.Shared, Table.IsShared(mpn));
                }

        for (int i = 0; i < Machine.FrameCount.Value; i++)
            Assert.Equal(mappers.GetValueOrDefault(new Mpn(i)), Machine.ReferencesOf(new Mpn(i)));
        Assert.Equal(Machine.FrameCount.Value - mappers.Count, Machine.Free.Value);
    }
}
