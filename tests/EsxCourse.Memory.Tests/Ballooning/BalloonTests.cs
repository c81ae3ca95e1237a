using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Ballooning;

public sealed class BalloonTests
{
    private readonly MemoryRecorder recorder = new();
    private readonly EsxHost host;
    private readonly VirtualMachine vm;

    public BalloonTests() => (host, vm) = Build(BalloonRate.Default, new GuestOptions());

    private (EsxHost, VirtualMachine) Build(BalloonRate rate, GuestOptions guest)
    {
        EsxHost built = new(new HostOptions { MachineMemory = new PageCount(512), BalloonRate = rate, Observer = recorder });
        return (built, built.AddVm(new VmOptions("Linux", new PageCount(256)) { Guest = guest }));
    }

    private static void Inflate(EsxHost host, VirtualMachine vm, long pages, int polls = 1)
    {
        host.SetBalloonTarget(vm, new PageCount(pages));
        host.Run(SimDuration.FromSeconds(polls));
    }

    private static GuestProcess TouchAll(EsxHost host, VirtualMachine vm, int pages)
    {
        GuestProcess process = host.StartProcess(vm, "worker", new PageCount(pages));
        for (int i = 0; i < pages; i++)
            host.Touch(vm, process, new Vpn(i), AccessKind.Write);
        return process;
    }

    [Fact]
    public void Inflating_takes_machine_pages_from_the_VM()
    {
        TouchAll(host, vm, 240);
        PageCount free = host.Machine.Free;
        Inflate(host, vm, 50);
        Assert.Equal(new PageCount(50), vm.Ballooned);
        Assert.True(host.Machine.Free > free);
        Assert.Null(host.FindFault());
    }

    [Fact]
    public void Free_guest_pages_go_first_and_nothing_is_evicted_for_them()
    {
        TouchAll(host, vm, 100);
        Inflate(host, vm, 100);
        Assert.Equal(0, vm.Outcomes[Outcome.GuestPageOut]);
        Assert.Equal(new PageCount(100), vm.Ballooned);
    }

    [Fact]
    public void Without_free_pages_the_guest_evicts_by_its_own_rule()
    {
        TouchAll(host, vm, 240);
        Inflate(host, vm, 50);
        Assert.True(vm.Outcomes[Outcome.GuestPageOut] > 0);
        Assert.Equal(0, vm.Outcomes[Outcome.SwapOut]);
    }

    [Fact]
    public void Deflating_returns_pages_to_the_guest()
    {
        Inflate(host, vm, 100);
        PageCount free = host.GuestOf(vm).Free;
        Inflate(host, vm, 40);
        Assert.Equal(free + new PageCount(60), host.GuestOf(vm).Free);
        Assert.Equal(new PageCount(40), vm.Ballooned);
        Assert.Null(host.FindFault());
    }

    [Fact]
    public void A_rate_limit_spreads_the_inflation_over_polls()
    {
        (EsxHost slow, VirtualMachine limited) = Build(BalloonRate.Fixed(10), new GuestOptions());
        Inflate(slow, limited, 100);
        Assert.Equal(new PageCount(10), limited.Ballooned);
        slow.Run(SimDuration.FromSeconds(9));
        Assert.Equal(new PageCount(100), limited.Ballooned);
        Assert.Equal(9, limited.Outcomes[Outcome.BalloonRateLimited]);
    }

    [Fact]
    public void A_guest_refuses_more_than_its_maximum_balloon()
    {
        Inflate(host, vm, 250, polls: 3);
        Assert.Equal(new PageCount(166), vm.Ballooned); // 65 % of 256
        Assert.Equal(3, vm.Outcomes[Outcome.BalloonRefusal]);
    }

    [Fact]
    public void A_guest_refuses_when_it_has_nothing_left_to_evict()
    {
        (EsxHost full, VirtualMachine guest) = Build(BalloonRate.Default, new GuestOptions { SwapArea = PageCount.Zero });
        TouchAll(full, guest, 240);
        Inflate(full, guest, 100);
        Assert.True(guest.Ballooned < new PageCount(10));
        Assert.Equal(1, guest.Outcomes[Outcome.BalloonRefusal]);
    }

    [Fact]
    public void A_refusal_halves_the_rate_and_success_raises_it_again()
    {
        BalloonRate rate = new() { FromFreeList = 64, Slowest = 4, Fastest = 32, Increase = 2, SlowPolls = 1, Release = 64 };
        (EsxHost adaptive, VirtualMachine guest) = Build(rate, new GuestOptions { MaximumBalloon = 0.5 });
        GuestProcess process = TouchAll(adaptive, guest, 240);
        Inflate(adaptive, guest, 200, polls: 4); // 6 free + 4 x 32 evicted > 128, the maximum: the fourth poll is refused
        Assert.Equal(16, adaptive.DriverOf(guest)!.Rate);
        Assert.Equal(1, guest.Outcomes[Outcome.BalloonRefusal]);
        Inflate(adaptive, guest, 0, polls: 5);
        for (int i = 0; i < 240; i++)
            adaptive.Touch(guest, process, new Vpn(i), AccessKind.Read);
        Inflate(adaptive, guest, 100, polls: 3); // one slow poll, then two that use the rate up: 16 + 2 + 2
        Assert.Equal(20, adaptive.DriverOf(guest)!.Rate);
    }

    [Fact]
    public void A_touch_of_a_ballooned_page_gives_a_new_zeroed_machine_page()
    {
        TouchAll(host, vm, 240);
        Inflate(host, vm, 50);
        Ppn ppn = recorder.Events.OfType<BalloonInflated>().First().Ppn;
        Assert.Equal(Outcome.BalloonPop, host.Touch(vm, ppn, AccessKind.Read));
        Assert.Equal(PmapState.Mapped, vm.StateOf(ppn));
        Assert.True(host.Machine.ContentsOf(vm.MpnOf(ppn)!.Value).IsZero);
    }

    [Fact]
    public void After_a_pop_the_next_poll_resets_the_driver_first()
    {
        Inflate(host, vm, 50);
        host.Touch(vm, recorder.Events.OfType<BalloonInflated>().First().Ppn, AccessKind.Write);
        Assert.Equal(new PageCount(49), vm.Ballooned);
        host.SetBalloonTarget(vm, new PageCount(20));
        host.Step();
        BalloonReset reset = Assert.Single(recorder.Events.OfType<BalloonReset>());
        Assert.Equal(new PageCount(49), reset.Released);
        Assert.Equal(new PageCount(20), vm.Ballooned);
        Assert.Equal(70, recorder.Events.OfType<BalloonInflated>().Count()); // 50, and 20 anew
        Assert.Null(host.FindFault());
    }

    [Fact]
    public void A_guest_without_the_driver_keeps_its_pages()
    {
        (EsxHost bare, VirtualMachine guest) = Build(BalloonRate.Default, new GuestOptions { HasBalloonDriver = false });
        Inflate(bare, guest, 50);
        Assert.Equal(PageCount.Zero, guest.Ballooned);
        Assert.Null(bare.DriverOf(guest));
    }

    [Fact]
    public void A_guests_own_structures_are_never_ballooned()
    {
        Inflate(host, vm, 250, polls: 3);
        for (int ppn = 0; ppn < host.GuestOf(vm).KernelPages.Value; ppn++)
            Assert.Equal(PmapState.Mapped, vm.StateOf(new Ppn(ppn)));
    }
}
