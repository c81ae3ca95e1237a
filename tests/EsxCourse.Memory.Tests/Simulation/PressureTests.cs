using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

public sealed class PressureTests
{
    // Two VMs of 600 pages on 1,000: each wants all it has.
    private static (EsxHost Host, VirtualMachine First, VirtualMachine Second) Build(TaxRate? tax = null, bool driver = true, long firstPages = 500)
    {
        EsxHost host = new(new HostOptions
        {
            MachineMemory = new PageCount(1000),
            TaxRate = tax ?? TaxRate.Default,
            BalloonRate = new() { FromFreeList = 64, Slowest = 16, Fastest = 64, Increase = 4, SlowPolls = 2, Release = 64 },
            Sampling = new() { PeriodSeconds = 5 },
        });
        VmOptions Vm(string name, long pages) => new(name, new PageCount(600))
        {
            Min = new PageCount(100),
            Guest = new() { HasBalloonDriver = driver },
            Workload = new SteadyWorkload(new PageCount(pages)) { TouchesPerSecond = 3000 },
        };
        return (host, host.AddVm(Vm("first", firstPages)), host.AddVm(Vm("second", 560)));
    }

    private static void AssertWithinTargets(EsxHost host)
    {
        Assert.Null(host.FindFault());
        Assert.True(host.State <= ReclamationState.Soft, $"{host.State}");
        // Above its target by no more than what comes and goes in a second.
        foreach (VirtualMachine vm in host.Vms.Where(v => v.IsPoweredOn))
            Assert.True(vm.Allocated.Value <= vm.Target.Value + 120, $"{vm.Name} holds {vm.Allocated}, its target is {vm.Target}");
    }

    [Fact]
    public void Under_pressure_a_host_comes_back_to_its_targets()
    {
        (EsxHost host, _, _) = Build();
        host.Run(SimDuration.FromSeconds(60));
        AssertWithinTargets(host);
        Assert.True(host.Report().States.Single(s => s.State == ReclamationState.High).Time < SimDuration.FromSeconds(60));
    }

    [Fact]
    public void Without_any_driver_it_pages_and_still_keeps_its_targets()
    {
        (EsxHost host, VirtualMachine first, VirtualMachine second) = Build(driver: false);
        host.Run(SimDuration.FromSeconds(60));
        Assert.Equal(PageCount.Zero, first.Ballooned + second.Ballooned);
        Assert.True(first.Outcomes[Outcome.SwapOut] + second.Outcomes[Outcome.SwapOut] > 0);
        Assert.Null(host.FindFault());
        Assert.True(host.State <= ReclamationState.Hard, $"{host.State}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(40)]
    public void A_guest_that_crashes_at_any_moment_leaves_the_host_within_its_targets(int second)
    {
        (EsxHost host, VirtualMachine first, _) = Build();
        host.Run(SimDuration.FromSeconds(second));
        host.CrashGuest(first);
        host.Run(SimDuration.FromSeconds(60));
        AssertWithinTargets(host);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(40)]
    public void A_guest_that_reboots_at_any_moment_leaves_the_host_within_its_targets(int second)
    {
        (EsxHost host, VirtualMachine first, _) = Build();
        host.Run(SimDuration.FromSeconds(second));
        host.RebootGuest(first);
        host.Run(SimDuration.FromSeconds(60));
        AssertWithinTargets(host);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(25)]
    public void A_driver_that_is_switched_off_at_any_moment_leaves_the_host_whole(int second)
    {
        (EsxHost host, VirtualMachine first, _) = Build();
        host.Run(SimDuration.FromSeconds(second));
        host.EnableBalloonDriver(first, false);
        host.Run(SimDuration.FromSeconds(60));
        Assert.Null(host.FindFault());
        Assert.True(host.State <= ReclamationState.Hard, $"{host.State}");
    }

    [Fact]
    public void A_VM_with_more_shares_keeps_more()
    {
        (EsxHost host, VirtualMachine first, VirtualMachine second) = Build(TaxRate.None);
        host.SetShares(first, new Shares(3000));
        host.SetShares(second, new Shares(1000));
        host.Run(SimDuration.FromSeconds(120));
        Assert.True(first.Target.Value > 1.2 * second.Target.Value, $"{first.Target} against {second.Target}");
    }

    [Fact]
    public void The_tax_moves_memory_from_an_idle_VM_to_a_busy_one()
    {
        PageCount Idle(TaxRate tax)
        {
            (EsxHost host, VirtualMachine first, _) = BuildIdle(tax);
            host.Run(SimDuration.FromSeconds(200));
            return first.Allocated;
        }

        PageCount untaxed = Idle(TaxRate.None), taxed = Idle(TaxRate.Default);
        Assert.True(taxed.Value < untaxed.Value * 0.75, $"{taxed} against {untaxed}");
    }

    // The first loads 560 pages once and lies idle; the second uses all of its own.
    private static (EsxHost, VirtualMachine, VirtualMachine) BuildIdle(TaxRate tax)
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(1000), TaxRate = tax, Sampling = new() { PeriodSeconds = 5 }, BalloonRate = new() { Slowest = 16, Fastest = 64 } });
        VirtualMachine first = host.AddVm(new VmOptions("idle", new PageCount(600)) { Min = new PageCount(50), Workload = new BootWorkload(new PageCount(560)) });
        host.Run(SimDuration.FromSeconds(60));
        return (host, first, host.AddVm(new VmOptions("busy", new PageCount(600)) { Min = new PageCount(50), Workload = new SteadyWorkload(new PageCount(560)) }));
    }

    [Fact]
    public void In_state_low_only_VMs_above_their_target_are_blocked()
    {
        (EsxHost host, VirtualMachine first, VirtualMachine second) = Build(driver: false);
        host.Run(SimDuration.FromSeconds(30));
        Assert.True(first.Outcomes[Outcome.BlockedSlice] + second.Outcomes[Outcome.BlockedSlice] > 0);
        Assert.True(first.VmTime < SimDuration.FromSeconds(30) || second.VmTime < SimDuration.FromSeconds(30)); // a blocked VM's time stands still
        Assert.True(first.VmTime > SimDuration.FromSeconds(5) && second.VmTime > SimDuration.FromSeconds(5));
    }

    [Fact]
    public void Without_overcommitment_every_VM_has_its_max()
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(1000) });
        VirtualMachine vm = host.AddVm(new VmOptions("only", new PageCount(600)) { Workload = new SteadyWorkload(new PageCount(560)) });
        host.Run(SimDuration.FromSeconds(60));
        Assert.Equal(new PageCount(600), vm.Target);
        Assert.Equal((PageCount.Zero, PageCount.Zero), (vm.Ballooned, vm.Swapped));
        Assert.Equal(ReclamationState.High, host.State);
    }

    [Fact]
    public void Targets_are_worked_out_on_every_trigger()
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(1000), RebalanceSeconds = 10 });
        VirtualMachine vm = host.AddVm(new VmOptions("vm", new PageCount(600)));
        long Computed() => vm.Outcomes[Outcome.TargetsComputed];
        Assert.Equal(1, Computed()); // added
        host.SetShares(vm, new Shares(5));
        Assert.Equal(2, Computed());
        host.SetTaxRate(TaxRate.None);
        Assert.Equal(3, Computed());
        VirtualMachine other = host.AddVm(new VmOptions("other", new PageCount(100)));
        Assert.Equal(4, Computed());
        host.RemoveVm(other);
        Assert.Equal(5, Computed());
        host.Run(SimDuration.FromSeconds(35)); // and periodically
        Assert.Equal(8, Computed());
    }
}
