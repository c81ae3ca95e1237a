using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Guest;

public sealed class GuestOsTests
{
    private static (EsxHost, VirtualMachine) Build(int pages, GuestOptions guest, WorkloadOptions? workload = null)
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(pages * 2) });
        return (host, host.AddVm(new VmOptions("vm", new PageCount(pages)) { Guest = guest, Workload = workload }));
    }

    private static void Sweep(EsxHost host, VirtualMachine vm, GuestProcess process, AccessKind kind)
    {
        for (int vpn = 0; vpn < process.Pages.Value; vpn++)
            host.Touch(vm, process, new Vpn(vpn), kind);
    }

    [Theory]
    [InlineData(ReplacementPolicy.Clock)]
    [InlineData(ReplacementPolicy.Lru)]
    public void What_does_not_fit_goes_to_the_guests_own_swap_area_and_comes_back(ReplacementPolicy policy)
    {
        (EsxHost host, VirtualMachine vm) = Build(128, new GuestOptions { Replacement = policy });
        GuestProcess process = host.StartProcess(vm, "large", new PageCount(200));
        Sweep(host, vm, process, AccessKind.Write);
        Assert.True(host.GuestOf(vm).SwappedPages >= new PageCount(200 - 128));
        Sweep(host, vm, process, AccessKind.Read);
        Assert.True(vm.Outcomes[Outcome.GuestPageIn] > 0);
        Assert.Equal(0, vm.Outcomes[Outcome.SwapOut]); // the host has enough and stays out of it
    }

    [Fact]
    public void Its_own_structures_grow_with_its_configured_memory()
    {
        GuestOptions options = new() { KernelBase = new PageCount(10), KernelFraction = 0.025 };
        Assert.Equal(new PageCount(10 + 25), Build(1000, options).Item1.GuestOf(Build(1000, options).Item2).KernelPages);
        (EsxHost host, VirtualMachine vm) = Build(2000, options);
        Assert.Equal(new PageCount(10 + 50), host.GuestOf(vm).KernelPages);
    }

    [Fact]
    public void A_ballooned_guest_keeps_the_structures_of_its_configured_size()
    {
        (EsxHost host, VirtualMachine vm) = Build(2000, new GuestOptions());
        PageCount before = host.GuestOf(vm).KernelPages;
        host.SetBalloonTarget(vm, new PageCount(1000));
        host.Step();
        Assert.Equal(new PageCount(1000), vm.Ballooned);
        Assert.Equal(before, host.GuestOf(vm).KernelPages);
    }

    [Fact]
    public void A_zeroing_boot_touches_every_page_before_the_driver_starts()
    {
        (EsxHost host, VirtualMachine vm) = Build(1000, new GuestOptions { ZeroesMemoryAtBoot = true, BootPagesPerSecond = 250 });
        host.SetBalloonTarget(vm, new PageCount(100));
        host.Run(SimDuration.FromSeconds(3));
        Assert.Equal(GuestState.Booting, host.GuestOf(vm).State);
        Assert.Equal(PageCount.Zero, vm.Ballooned);
        Assert.InRange(vm.Allocated.Value, 700, 800);
        host.Run(SimDuration.FromSeconds(3));
        Assert.Equal(GuestState.Running, host.GuestOf(vm).State);
        Assert.Equal(new PageCount(100), vm.Ballooned);
    }

    [Fact]
    public void A_crashed_guest_does_nothing_and_answers_nothing()
    {
        (EsxHost host, VirtualMachine vm) = Build(1000, new GuestOptions(), new SteadyWorkload(new PageCount(500)));
        host.Step();
        host.CrashGuest(vm);
        long touches = vm.Outcomes[Outcome.Hit];
        PageCount allocated = vm.Allocated;
        host.SetBalloonTarget(vm, new PageCount(100));
        host.Run(SimDuration.FromSeconds(5));
        Assert.Equal(touches, vm.Outcomes[Outcome.Hit]);
        Assert.Equal((PageCount.Zero, allocated), (vm.Ballooned, vm.Allocated));
    }

    [Fact]
    public void A_rebooted_guest_finds_pages_that_were_ballooned_and_the_driver_starts_over()
    {
        (EsxHost host, VirtualMachine vm) = Build(1000, new GuestOptions(), new SteadyWorkload(new PageCount(900)) { TouchesPerSecond = 5000 });
        host.SetBalloonTarget(vm, new PageCount(500));
        host.Run(SimDuration.FromSeconds(5));
        host.RebootGuest(vm);
        Assert.Equal(new PageCount(500), vm.Ballooned); // the host does not know yet
        host.Run(SimDuration.FromSeconds(5));
        Assert.True(vm.Outcomes[Outcome.BalloonPop] > 0);
        Assert.True(vm.Outcomes[Outcome.BalloonReset] > 0);
        Assert.Null(host.FindFault());
    }
}
