using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// The host: the `main.c` of the memory manager. The constructor builds the parts in the order of the lecture; `Access` is what
// every touch of a page comes to; `Step` is a second in the host's life.
//
//   guest VPN --guest page table--> PPN --pmap--> MPN
//             GuestOs.Reference/Fault    Access: switch on the entry's state
//
// Always (MachineInvariants checks it after every step of the random tests): each frame is free or has exactly its count of
// mappers; no shadow entry outlives its pmap entry; a read returns the last write.

/// <summary>A server that runs virtual machines and manages their memory.</summary>
/// <remarks>OSDI '02. Not safe for use from several threads.</remarks>
public sealed partial class EsxHost
{
    private readonly MachineMemory machine;
    private readonly SwapSpace swap;
    private readonly SimClock clock = new();
    private readonly PageMapper mapper;
    private readonly HostSwap hostSwap;
    private readonly ContentSharing? sharing;
    private readonly List<HostSample> samples = [];
    private readonly List<HostedVm> vms = [];

    /// <summary>Builds a host without VMs.</summary>
    /// <param name="options">What it is made of.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EsxHost(HostOptions options)
    {
        Options = options;
        options.BalloonRate.Checked();
        Time = new SimulatedTime(clock) { Observer = options.Observer }; // time passes, and somebody may watch
        machine = new MachineMemory(options.MachineMemory);              // "Virtualization": frames that only the server sees
        swap = new SwapSpace(options.SwapSpace ?? PageCount.Zero);       // "Balloon problems": can always resort to paging
        mapper = new PageMapper(machine, swap, Time);                    // the one writer of PPN -> MPN
        hostSwap = new HostSwap(swap, mapper, Time, options.Costs.DiskAccess, options.Costs.DiskTransfer);
        sharing = options.Sharing is { Enabled: true } how               // "Content-based Sharing"
            ? new ContentSharing(machine, Contents, mapper, Time, how, options.Seed) : null;
        hostSwap.BeforePageOut = sharing is null ? null : sharing.Scan;
    }

    /// <summary>What the host was built with.</summary>
    public HostOptions Options { get; }

    /// <summary>The present simulated time.</summary>
    public SimTime Now => clock.Now;

    /// <summary>The machine's frames.</summary>
    public MachineMemory Machine => machine;

    /// <summary>The host's swap space.</summary>
    public SwapSpace Swap => swap;

    /// <summary>All VMs that were ever added, in order.</summary>
    public IReadOnlyList<VirtualMachine> Vms => [.. vms.Select(v => v.Vm)];

    /// <summary>The bytes behind content seeds, and the pages imported from files.</summary>
    public PageContents Contents { get; } = new();

    internal SimulatedTime Time { get; }

    /// <summary>Adds a VM and boots its guest at once.</summary>
    /// <param name="options">The VM.</param>
    /// <returns>The VM.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public VirtualMachine AddVm(VmOptions options)
    {
        VirtualMachine vm = new(new VmId(vms.Count), options.Name, options.Parameters, Time);
        swap.Capacity = Options.SwapSpace ?? swap.Capacity + vm.Size + new PageCount(1);
        HostedVm hosted = new(this, vm, options, new BalloonChannel(vm, mapper, Time));
        vms.Add(hosted);
        sharing?.Add(vm);
        Time.Observer?.On(new VmAdded(Now, vm.Id, vm.Name, vm.Size));
        while (hosted.Guest.BootPage())
        {
        }

        return vm;
    }

    /// <summary>The guest inside a VM.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>Its guest.</returns>
    public GuestOs GuestOf(VirtualMachine vm) => vms[vm.Id.Value].Guest;

    /// <summary>The balloon driver inside a VM.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>Its driver; null when none is installed.</returns>
    public BalloonDriver? DriverOf(VirtualMachine vm) => vms[vm.Id.Value].Driver;

    /// <summary>Starts a process inside a VM's guest.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="name">What the process is called.</param>
    /// <param name="pages">How many virtual pages it has.</param>
    /// <returns>The process, none of its pages touched.</returns>
    public GuestProcess StartProcess(VirtualMachine vm, string name, PageCount pages) => vms[vm.Id.Value].Guest.StartProcess(name, pages);

    /// <summary>Touches a page of a process: the whole way from VPN to MPN.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="process">A process of its guest.</param>
    /// <param name="vpn">The virtual page, from 0, within the process.</param>
    /// <param name="kind">Read or write; a write changes the contents.</param>
    /// <exception cref="ArgumentOutOfRangeException">The process has no such page, or does not run any more.</exception>
    public void Touch(VirtualMachine vm, GuestProcess process, Vpn vpn, AccessKind kind)
    {
        if (process.Exited || (uint)vpn.Value >= (uint)process.Length)
            throw new ArgumentOutOfRangeException(nameof(vpn), vpn, $"Process {process.Name} has {(process.Exited ? "ended" : $"virtual pages 0 to {process.Length - 1}")}.");
        HostedVm hosted = vms[vm.Id.Value];
        TouchVirtual(hosted, process.FirstVpn + vpn.Value, kind, ContentSeed.Of((ulong)vm.Id.Value + 1_000, (ulong)(++writes)));
    }

    /// <summary>Touches a "physical" page of a VM directly, past its guest's page tables: as a kernel bug or a reboot would.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="ppn">The page.</param>
    /// <param name="kind">Read or write; a write changes the contents.</param>
    /// <returns>What the host had to do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The VM has no such page.</exception>
    public Outcome Touch(VirtualMachine vm, Ppn ppn, AccessKind kind)
    {
        vm.StateOf(ppn);
        HostedVm hosted = vms[vm.Id.Value];
        Outcome outcome = Access(hosted, ppn, kind, overwritten: false);
        if (kind == AccessKind.Write)
            machine.Write(vm.Pmap.MpnOf(ppn), ContentSeed.Of((ulong)vm.Id.Value + 1_000, (ulong)(++writes)));
        return outcome;
    }

    /// <summary>Sets a balloon's target by hand; the driver sees it at its next poll.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="pages">Pages that the balloon should hold; null lets the host decide again.</param>
    public void SetBalloonTarget(VirtualMachine vm, PageCount? pages) => vms[vm.Id.Value].ManualBalloonTarget = pages;

    /// <summary>Lets time pass, second by second.</summary>
    /// <param name="duration">How long; parts of a second are rounded up.</param>
    public void Run(SimDuration duration)
    {
        for (SimTime end = Now + duration; Now < end;)
            Step();
    }

    /// <summary>A second in the host's life.</summary>
    public void Step()
    {
        clock.Advance(SimDuration.FromSeconds(1));
        Time.Observer?.On(new SecondBegan(Now));
        hostSwap.Complete(Now);
        foreach (HostedVm hosted in vms)
        {
            hosted.Channel.Target = hosted.ManualBalloonTarget ?? PageCount.Zero;
            hosted.Driver?.Poll();
        }

        sharing?.ScanForOneSecond();
        samples.Add(Sample());
    }

    /// <summary>Keeps a VM's pmap as it is now.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>The state of every page.</returns>
    public PmapSnapshot Snapshot(VirtualMachine vm) => vm.Snapshot(Now);

    /// <summary>The host after every second so far: the curves of memory over time.</summary>
    public IReadOnlyList<HostSample> Samples => samples;

    /// <summary>What has happened so far, to print.</summary>
    /// <returns>The report.</returns>
    public HostReport Report()
    {
        OutcomeCounts all = new();
        foreach (HostedVm hosted in vms)
            all.Add(hosted.Vm.Outcomes);
        return new HostReport(
            Now, machine.FrameCount, machine.Free, swap.Used,
            [.. vms.Select(v => v.Vm).Select(v => new VmReport(v.Name, v.Size, v.Parameters.Shares, v.Target, v.Allocated, v.Ballooned, v.Swapped, [.. v.Outcomes.NonZero()]))],
            [.. all.NonZero()]);
    }

    /// <summary>What is wrong with the whole machine; null if nothing is. Slow: O(frames + pages).</summary>
    internal string? FindFault() => MachineInvariants.FindFault(this, vms);

    /// <summary>References that come from elsewhere than a pmap: pages on their way to the swap space hold a slot each.</summary>
    internal void CountOtherReferences(int[] mappers, Dictionary<int, int> slots)
    {
        foreach (int slot in hostSwap.PendingSlots)
            slots[slot] = slots.GetValueOrDefault(slot) + 1;
    }

    private HostSample Sample() => new(
        Now, machine.Free, [.. vms.Select(v => new VmSample(v.Vm.Allocated, v.Vm.Ballooned, v.Vm.Swapped, v.Vm.Target, v.Channel.Target))]);
}
