using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Everything that belongs to one VM, tied together: the host's side (VirtualMachine, BalloonChannel, sampling, victims), the
// guest's side (GuestOs, BalloonDriver, what it does all day), and the port between them, through which the guest reaches
// "its machine".

internal sealed class HostedVm : IGuestMachine
{
    private readonly EsxHost host;

    public HostedVm(EsxHost host, VirtualMachine vm, VmOptions options, BalloonChannel channel)
    {
        this.host = host;
        HostOptions machine = host.Options;
        Vm = vm;
        Options = options;
        Channel = channel;
        Sampling = new WorkingSetSampling(vm, machine.Sampling, new RandomStream(machine.Seed, $"sampling {vm.Id}"), host.Time);
        Victims = VictimPolicy.For(machine.VictimRule, vm, new RandomStream(machine.Seed, $"swap victims {vm.Id}"));
        Guest = new GuestOs(vm.Id, vm.Size, options.Guest, this, host.Time, vm.Outcomes);
        Driver = options.Guest.HasBalloonDriver ? new BalloonDriver(Guest, channel, machine.BalloonRate, vm.Outcomes) : null;
        OperationsPerSecond = Math.Max(options.Guest.BootPagesPerSecond, options.Workload?.MostPerSecond ?? 0);
        VictimsWantTouches = Victims.WantsTouches;
        Work = options.Workload is { } workload ? new WorkloadRun(workload, machine.Seed, vm.Id, options.Guest.Image) : null;
    }

    public VirtualMachine Vm { get; }

    public VmOptions Options { get; }

    public GuestOs Guest { get; }

    public BalloonChannel Channel { get; }

    public BalloonDriver? Driver { get; }

    public WorkingSetSampling Sampling { get; }

    /// <summary>Which of its pages the host pages out.</summary>
    public VictimPolicy Victims { get; }

    /// <summary><see cref="VictimPolicy.WantsTouches"/>, kept at hand for the path of every touch.</summary>
    public bool VictimsWantTouches { get; }

    /// <summary>Where its operations come from; null if pages are touched by hand only.</summary>
    public IOperationSource? Work { get; set; }

    /// <summary>Operations that its workload has done: its throughput.</summary>
    public long Operations { get; set; }

    /// <summary>Whether it has run a part of its present slice already (EsxHost.Threads.cs).</summary>
    public bool IsAhead { get; set; }

    /// <summary>The operation at which it had to stop then, drawn and not done.</summary>
    public WorkloadOperation? PutOff { get; set; }

    /// <summary>The most operations that it can do in a second of VM time, since each takes some of it; infinite for a source that does not say.</summary>
    public double OperationsPerSecond { get; set; }

    /// <summary>How often it has booted.</summary>
    public int Boots { get; set; }

    /// <summary>VM time at its last boot.</summary>
    public long BootedAtNanoseconds { get; set; }

    /// <summary>Frames that the monitor uses for itself.</summary>
    public List<Mpn> OverheadFrames { get; } = [];

    /// <summary>Blocks of its swap area that name a slot of the host's swap space (a trapped paging disk).</summary>
    public Dictionary<int, int> TrappedBlocks { get; } = [];

    /// <summary>The balloon target that a lecturer set by hand; null lets the host decide.</summary>
    public PageCount? ManualBalloonTarget { get; set; }

    /// <summary>What a policy ordered last; nothing on a host that follows ESX's own rules.</summary>
    public VmOrders Orders { get; set; }

    /// <summary>Simulated nanoseconds that the VM has used beyond its slices; negative while it has some left.</summary>
    public long SpentNanoseconds { get; set; }

    void IGuestMachine.Store(Ppn ppn, ContentSeed contents) => host.Store(this, ppn, contents);

    void IGuestMachine.DiskRead(int block, Ppn into) => host.DiskRead(this, block, into);

    void IGuestMachine.DiskWrite(int block, Ppn from) => host.DiskWrite(this, block, from);

    void IGuestMachine.PageTableCleared(int vpn, Ppn ppn) => Vm.Shadow.DropVirtual(vpn, ppn);

    void IGuestMachine.AddressSpaceSwitched() => Vm.Shadow.FlushTlb();
}
