using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Everything that belongs to one VM, tied together: the host's side (VirtualMachine, BalloonChannel), the guest's side (GuestOs,
// BalloonDriver), and the port between them, through which the guest reaches "its machine".

internal sealed class HostedVm : IGuestMachine
{
    private readonly EsxHost host;

    public HostedVm(EsxHost host, VirtualMachine vm, VmOptions options, BalloonChannel channel)
    {
        this.host = host;
        Vm = vm;
        Channel = channel;
        Guest = new GuestOs(vm.Id, vm.Size, options.Guest, this, host.Time, vm.Outcomes);
        Driver = options.Guest.HasBalloonDriver ? new BalloonDriver(Guest, channel, host.Options.BalloonRate, vm.Outcomes) : null;
        Victims = VictimPolicy.For(host.Options.VictimRule, vm, new RandomStream(host.Options.Seed, $"swap victims {vm.Id}"));
        Image = options.Guest.Image;
    }

    public VirtualMachine Vm { get; }

    public GuestOs Guest { get; }

    public BalloonChannel Channel { get; }

    public BalloonDriver? Driver { get; }

    /// <summary>Which of its pages the host pages out.</summary>
    public VictimPolicy Victims { get; }

    public ulong Image { get; }

    /// <summary>The balloon target that a lecturer set by hand; null lets the host decide.</summary>
    public PageCount? ManualBalloonTarget { get; set; }

    /// <summary>Simulated nanoseconds that the VM has used of its slices; what is spent beyond a slice is missing from the next.</summary>
    public long SpentNanoseconds { get; set; }

    void IGuestMachine.Store(Ppn ppn, ContentSeed contents) => host.Store(this, ppn, contents);

    ContentSeed IGuestMachine.Load(Ppn ppn) => host.Load(this, ppn);

    void IGuestMachine.DiskRead(int block, Ppn into) => host.DiskRead(this, block, into);

    void IGuestMachine.DiskWrite(int block, Ppn from) => host.DiskWrite(this, block, from);

    void IGuestMachine.PageTableCleared(int vpn, Ppn ppn) => Vm.Shadow.DropVirtual(vpn, ppn);

    void IGuestMachine.AddressSpaceSwitched() => Vm.Shadow.FlushTlb();
}
