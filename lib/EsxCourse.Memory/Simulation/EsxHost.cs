using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// The host: the `main.c` of the memory manager. The constructor builds the parts in the order of the lecture. The rest is in a few
// more files, each a chapter:
//
//   EsxHost.Access.cs   the main path: what a touch of a page comes to
//   EsxHost.HotTouch.cs the same for many touches at once that come to nothing but counting
//   EsxHost.Time.cs     a second in the host's life: VMs run, balloons are polled, memory is reclaimed
//   EsxHost.Policy.cs   what it sees, and how it follows another policy than ESX's own
//   EsxHost.Threads.cs  the part of it that several processors may do at once
//   EsxHost.Sharing.cs  what it does with shared pages
//   EsxHost.Images.cs   real memory in place of simulated contents
//   EsxHost.Devices.cs  what devices do to memory, and which machine page a page should have
//   EsxHost.Control.cs  what an administrator, a lecturer or a scenario does to it: parameters, crashes, touches by hand
//
// Always (MachineInvariants checks it after every step of the random tests): each frame is free or has exactly its count of
// mappers; no shadow entry outlives its pmap entry; a read returns the last write; the sum of the targets fits the machine.

/// <summary>A server that runs virtual machines and manages their memory.</summary>
/// <remarks>OSDI '02. Not safe for use from several threads.</remarks>
public sealed partial class EsxHost
{
    private readonly SimClock clock = new();
    private readonly MachineMemory machine;
    private readonly SwapSpace swap;
    private readonly PageMapper mapper;
    private readonly HostSwap hostSwap;
    private readonly PageColoring? coloring;
    private readonly ContentSharing? sharing;
    private readonly HotIoRemapping? hotIo;
    private readonly StateThresholds thresholds;
    private readonly List<HostedVm> vms = [];
    private readonly List<HostSample> samples = [];

    /// <summary>Builds a host without VMs.</summary>
    /// <param name="options">What it is made of.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EsxHost(HostOptions options)
    {
        Options = options.Checked();
        TaxRate = options.TaxRate;
        Time = new SimulatedTime(clock) { Observer = options.Observer };                               // time passes, and somebody may watch
        machine = new MachineMemory(options.MachineMemory, options.Coloring?.Cache.Colors ?? 1, LowMemory(options)); // frames that only the server sees
        swap = new SwapSpace(options.SwapSpace ?? PageCount.Zero);                                     // a disk to resort to
        mapper = new PageMapper(machine, swap, Time);                                                  // the one writer of PPN -> MPN
        hostSwap = new HostSwap(swap, mapper, Time, options.Costs.DiskAccess, options.Costs.DiskTransfer); // "Can always resort to paging"
        coloring = options.Coloring is { } colors                                                      // "Page coloring"
            ? new PageColoring(machine, mapper, Time, colors, options.Seed) : null;
        sharing = options.Sharing is { Enabled: true } how                                             // "Content-based Sharing"
            ? new ContentSharing(machine, Contents, mapper, Time, how, options.Seed) : null;
        hostSwap.BeforePageOut = sharing is null ? null : sharing.ScanBeforePageOut;
        hotIo = options.HotIo is { } devices                                                           // "Hot I/O Page Remapping"
            ? new HotIoRemapping(machine, mapper, Time, devices, options.Seed) : null;
        thresholds = StateThresholds.For(options.Thresholds, options.MachineMemory);                   // "Four states, with hysteresis"
        leaveStateBelow = (int)StateTransitions.LeftBelow(State, thresholds).Value;
    }

    /// <summary>What the host was built with.</summary>
    public HostOptions Options { get; }

    /// <summary>The present simulated time.</summary>
    public SimTime Now => clock.Now;

    /// <summary>The machine's frames.</summary>
    public MachineMemory Machine => machine;

    /// <summary>The host's swap space.</summary>
    public SwapSpace Swap => swap;

    /// <summary>The amounts of free memory at which the state changes.</summary>
    public StateThresholds Thresholds => thresholds;

    /// <summary>How short of memory the host is.</summary>
    public ReclamationState State { get; private set; }

    /// <summary>τ, one rate for all VMs.</summary>
    public TaxRate TaxRate { get; private set; }

    /// <summary>All VMs that were ever added, in order.</summary>
    public IReadOnlyList<VirtualMachine> Vms => [.. vms.Select(v => v.Vm)];

    /// <summary>The host over time: one point every <see cref="HostOptions.SampleEverySeconds"/>.</summary>
    public IReadOnlyList<HostSample> Samples => samples;

    /// <summary>The bytes behind content seeds, and the pages imported from files.</summary>
    public PageContents Contents { get; } = new();

    internal SimulatedTime Time { get; }

    /// <summary>Adds a VM, if admission control lets it in. Its guest boots at once, or over the next seconds if it zeroes its memory.</summary>
    /// <param name="options">The VM.</param>
    /// <returns>The VM.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the name is taken.</exception>
    /// <exception cref="BadInputException">Admission control refuses (OSDI '02 §6.2).</exception>
    public VirtualMachine AddVm(VmOptions options) => AddVm(options, null);

    /// <summary>The same, with another source of operations in place of the workload: a replay.</summary>
    internal VirtualMachine AddVm(VmOptions options, Func<VmId, IOperationSource, IOperationSource>? replaceWork)
    {
        if (vms.Any(v => v.Vm.IsPoweredOn && v.Vm.Name == options.Name))
            throw new ArgumentException($"There is a VM {options.Name} already.", nameof(options));
        MemoryParameters parameters = options.Parameters;
        options.Workload?.Checked();
        Admit(options, parameters);

        VirtualMachine vm = new(new VmId(vms.Count), options.Name, parameters, Time);
        HostedVm hosted = new(this, vm, options, new BalloonChannel(vm, mapper, Time));
        if (replaceWork is not null && hosted.Work is not null)
            (hosted.Work, hosted.OperationsPerSecond) = (replaceWork(vm.Id, hosted.Work), double.PositiveInfinity);
        vms.Add(hosted);
        coloring?.Add(vm, options.CacheWeight);
        sharing?.Add(vm);
        hotIo?.Add(vm);
        Time.Observer?.On(new VmAdded(Now, vm.Id, vm.Name, vm.Size));
        for (long page = 0; page < Options.OverheadPerVm.Value; page++)
            hosted.OverheadFrames.Add(TakeFrame(hosted, zeroed: true));
        if (!options.Guest.ZeroesMemoryAtBoot)
            while (Boot(hosted))
            {
            }

        Rebalance();
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

    /// <summary>The estimate of a VM's active memory: three averages.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>Its estimate.</returns>
    public ActiveMemoryEstimate ActiveMemoryOf(VirtualMachine vm) => vms[vm.Id.Value].Sampling.Estimate;

    /// <summary>Keeps a VM's pmap as it is now.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>The state of every page.</returns>
    public PmapSnapshot Snapshot(VirtualMachine vm) => vm.Snapshot(Now);

    /// <summary>What has happened so far, to print.</summary>
    /// <returns>The report.</returns>
    public HostReport Report()
    {
        OutcomeCounts all = new();
        foreach (HostedVm hosted in vms)
            all.Add(hosted.Vm.Outcomes);
        return new HostReport(
            Now, State, machine.FrameCount, machine.Free, swap.Used,
            [.. vms.Select(v => new VmReport(
                v.Vm.Name, v.Vm.Size, v.Vm.Parameters.Min, v.Vm.Parameters.Shares, v.Vm.Target, v.Vm.Allocated, v.Sampling.Active,
                v.Vm.Ballooned, v.Vm.Swapped, v.Operations, [.. v.Vm.Outcomes.NonZero()]))],
            [.. all.NonZero()],
            [.. Enum.GetValues<ReclamationState>().Select(s => new StateReport(s, timeInState[(int)s], Enum.GetValues<ReclamationState>().Sum(from => TransitionsBetween(from, s))))]);
    }

    /// <summary>How often the host went from one state to another.</summary>
    /// <param name="from">The state before.</param>
    /// <param name="to">The state after.</param>
    /// <returns>The number of transitions.</returns>
    public long TransitionsBetween(ReclamationState from, ReclamationState to) => transitions[(int)from, (int)to];

    /// <summary>What is wrong with the machine; null if nothing is. Slow: O(frames + pages).</summary>
    /// <param name="every">Which part is looked at closely: every so many frames and VMs, from 1 (all of them). Counts of the whole are always checked.</param>
    /// <returns>The first fault found, in words.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is below 1.</exception>
    public string? FindFault(int every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        return MachineInvariants.FindFault(this, vms, every);
    }

    /// <summary>References that come from elsewhere than a pmap: the monitor's own frames, pages on their way out, trapped disk blocks.</summary>
    internal void CountOtherReferences(MachineInvariants.References named)
    {
        foreach (HostedVm hosted in vms)
        {
            foreach (Mpn mpn in hosted.OverheadFrames)
                named.Add(mpn);
            foreach (int slot in hosted.TrappedBlocks.Values)
                named.AddSlot(slot);
        }

        foreach (Mpn mpn in BounceBuffers)
            named.Add(mpn);
        foreach (int slot in hostSwap.PendingSlots)
            named.AddSlot(slot);
    }

    internal HostSwap Daemon => hostSwap;

    internal HostedVm Hosted(VirtualMachine vm) => vms[vm.Id.Value];

    private void Admit(VmOptions options, MemoryParameters parameters)
    {
        if (!(options.CacheWeight > 0))
            throw new ArgumentException($"CacheWeight is {options.CacheWeight}; it lies above 0.", nameof(options));
        if (Options.Coloring is { Partition: true } colors && vms.Count(v => v.Vm.IsPoweredOn) == colors.Cache.Colors)
            throw new BadInputException($"VM {options.Name}", $"the cache is partitioned and has {colors.Cache.Colors} colours, one VM each at most", "take a larger cache, or no partition");
        List<MemoryParameters> all = [.. vms.Where(v => v.Vm.IsPoweredOn).Select(v => v.Vm.Parameters), parameters];
        PageCount needed = AdmissionControl.Decide(all, Options.OverheadPerVm, UsableMemory, PageCount.Zero).SwapNeeded;
        if (Options.SwapSpace is null)
            swap.Capacity = needed;
        AdmissionDecision decision = AdmissionControl.Decide(all, Options.OverheadPerVm, UsableMemory, swap.Capacity);
        if (!decision.Admitted)
            throw new BadInputException($"VM {options.Name}", $"admission control refuses it: {decision}", "lower its min or its memory, or give the host more");

        // Two slots beyond what admission asks for, so that a page can be read in while all frames and slots are taken; and with a
        // trapped paging disk the guests' own swapped pages may live in the host's space, too.
        swap.Reserve = new PageCount(2 + (Options.TrapsPagingDisk ? vms.Sum(v => (long)v.Guest.SwapBlocks) + (options.Guest.SwapArea?.Value ?? 2 * options.Memory.Value) : 0));
    }
}
