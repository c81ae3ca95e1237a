using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

/// <summary>A host that follows somebody else's policy instead of ESX's own rules.</summary>
public sealed class MemoryPolicyTests
{
    /// <summary>Orders the same for every VM, all the time, and remembers what it was shown.</summary>
    private sealed class Same(VmOrders orders) : IMemoryPolicy
    {
        public VmOrders Orders { get; set; } = orders;

        public List<HostView> Views { get; } = [];

        public IReadOnlyList<VmOrders> Decide(HostView host)
        {
            Views.Add(host);
            return [.. host.Vms.Select(_ => Orders)];
        }
    }

    private sealed class Silent : IMemoryPolicy
    {
        public IReadOnlyList<VmOrders> Decide(HostView host) => [];
    }

    private static readonly VmOrders Nothing = new(PageCount.Zero, PageCount.Zero, 0, false);

    private static EsxHost Build(IMemoryPolicy? policy, long pages = 350)
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(600), Policy = policy, BalloonRate = new() { FromFreeList = 64, Slowest = 16, Fastest = 64 }, Sharing = new() });
        foreach (string name in (string[])["first", "second"])
            host.AddVm(new VmOptions(name, new PageCount(400)) { Min = new PageCount(100), Workload = new SteadyWorkload(new PageCount(pages)) { TouchesPerSecond = 400, Contents = new(Zero: 0.5) } });
        return host;
    }

    private static void Run(EsxHost host, int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            host.Step();
            Assert.Null(host.FindFault());
        }
    }

    [Fact]
    public void A_policy_that_orders_nothing_leaves_everything_to_the_last_resort()
    {
        Same policy = new(Nothing);
        EsxHost host = Build(policy);
        Run(host, 20);
        Assert.All(host.Vms, vm => Assert.Equal(PageCount.Zero, vm.Ballooned));
        Assert.All(host.Vms, vm => Assert.Equal((0, 0), (vm.Outcomes[Outcome.SwapCluster], vm.Outcomes[Outcome.BlockedSlice])));
        Assert.True(host.Vms.Sum(vm => vm.Outcomes[Outcome.SynchronousSwapOut]) > 0, "the toucher of a page must wait for a frame");
        Assert.Equal(20, policy.Views.Count);
    }

    [Fact]
    public void Balloon_orders_are_levels_that_are_reached_and_given_up_again()
    {
        Same policy = new(new VmOrders(new PageCount(150), PageCount.Zero, 0, false));
        EsxHost host = Build(policy, pages: 100);
        Run(host, 10);
        Assert.All(host.Vms, vm => Assert.Equal((150, 250), (vm.Ballooned.Value, vm.Target.Value)));
        policy.Orders = Nothing;
        Run(host, 10);
        Assert.All(host.Vms, vm => Assert.Equal((0, 400), (vm.Ballooned.Value, vm.Target.Value)));
    }

    [Fact]
    public void Swap_orders_are_levels_that_touches_and_the_daemon_fight_over()
    {
        Same policy = new(new VmOrders(PageCount.Zero, new PageCount(30), 0, false));
        EsxHost host = Build(policy, pages: 100);
        Run(host, 10);
        Assert.All(host.Vms, vm => Assert.InRange(vm.Outcomes[Outcome.SwapOut], 30, 10_000));
        policy.Orders = Nothing;
        long[] before = [.. host.Vms.Select(vm => vm.Outcomes[Outcome.SwapOut])];
        Run(host, 30);
        Assert.All(host.Vms.Zip(before), vm => Assert.InRange(vm.First.Outcomes[Outcome.SwapOut], vm.Second, vm.Second + 64));
        Assert.All(host.Vms, vm => Assert.InRange(vm.Swapped.Value, 0, 20));
    }

    [Fact]
    public void A_blocked_VM_does_nothing_until_it_may_run()
    {
        Same policy = new(Nothing with { Blocked = true });
        EsxHost host = Build(policy);
        Run(host, 1);
        long[] done = [.. host.Report().Vms.Select(vm => vm.Operations)];
        Run(host, 5);
        Assert.Equal(done, host.Report().Vms.Select(vm => vm.Operations));
        policy.Orders = Nothing;
        Run(host, 2);
        Assert.All(host.Report().Vms.Zip(done), vm => Assert.True(vm.First.Operations > vm.Second));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 4, 5)]
    [InlineData(1_000_000, 40, 50)]
    public void A_scan_rate_holds_up_to_the_hosts_own(int ordered, int least, int most)
    {
        EsxHost host = Build(new Same(Nothing with { ScanPagesPerSecond = ordered }), pages: 100);
        Run(host, 10);
        Assert.All(host.Vms, vm => Assert.InRange(vm.Outcomes[Outcome.SharingScan], 10 * least, 10 * most));
    }

    [Fact]
    public void More_than_the_largest_balloon_is_asked_as_that()
    {
        EsxHost host = Build(new Same(Nothing with { Balloon = new PageCount(400) }), pages: 10);
        Run(host, 20);
        Assert.All(host.Vms, vm => Assert.Equal(0.65 * 400, vm.Ballooned.Value));
    }

    [Theory]
    [InlineData(-1, 0, 0, "-1 pages into the balloon and 0 pages into swap space of first; each lies between 0 and its 400 pages.")]
    [InlineData(0, 401, 0, "0 pages into the balloon and 401 pages into swap space of first; each lies between 0 and its 400 pages.")]
    [InlineData(0, 0, -5, "a scan of -5 pages a second of first; it starts at 0.")]
    public void Orders_that_cannot_be_are_refused_in_a_line(int balloon, int swap, int scan, string said)
    {
        EsxHost host = Build(new Same(new VmOrders(new PageCount(balloon), new PageCount(swap), scan, false)));
        Assert.Equal($"The policy ordered {said}", Assert.Throws<ArgumentException>(host.Step).Message);
    }

    [Fact]
    public void Every_VM_needs_an_order() =>
        Assert.Equal("The policy gave 0 orders for 2 VMs; it gives one for each.", Assert.Throws<ArgumentException>(Build(new Silent()).Step).Message);

    [Fact]
    public void A_policy_sees_what_the_host_has()
    {
        Same policy = new(Nothing);
        EsxHost host = Build(policy, pages: 100);
        Run(host, 3);
        HostView view = host.View();
        Assert.Equal((host.Machine.Free, host.State, host.Thresholds), (view.Free, view.State, view.Thresholds));
        Assert.Equal(host.Vms.Select(vm => (vm.Id, vm.Size, vm.Allocated)), view.Vms.Select(vm => (vm.Vm, vm.Size, vm.Allocated)));
        Assert.All(view.Vms, vm => Assert.True(vm.Touched == vm.Allocated && vm.Touched < vm.Demand && vm.BalloonRoom.Value == 260, $"{vm}"));
        Assert.Equal(600 - host.Thresholds.High.Value - host.Thresholds.Margin.Value - 1, view.Available.Value);
    }

    [Fact]
    public void A_host_without_a_policy_follows_ESX() =>
        Assert.True(Ballooned(Build(policy: null)) > 0 && Ballooned(Build(new Same(Nothing))) == 0);

    private static long Ballooned(EsxHost host)
    {
        Run(host, 20);
        return host.Vms.Sum(vm => vm.Ballooned.Value);
    }
}
