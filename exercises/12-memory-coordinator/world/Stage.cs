using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Exercises.Coordinator;

/// <summary>What all workloads have in common: a small host with a slow disk that samples and rebalances often, so that minutes show what takes hours.</summary>
internal static class Stage
{
    /// <summary>The machine's memory.</summary>
    private const int Memory = 800;

    /// <summary>A VM's size.</summary>
    public const int Size = 350;

    /// <summary>A workload on that host.</summary>
    public static Scenario Play(string name, Inputs inputs, int seconds, params ScheduledVm[] vms) => new(
        name,
        new HostOptions
        {
            MachineMemory = new PageCount(Memory),
            Seed = (ulong)inputs.Whole(1, int.MaxValue),
            Sampling = new() { PeriodSeconds = 3 },
            RebalanceSeconds = 5,
            BalloonRate = BalloonRate.Fixed(20),
            Sharing = new() { PagesPerSecondPerVm = 25, PagesPerSecond = 100 },
            Costs = CostModel.Default with { DiskAccess = 16_000_000 },
        },
        [.. vms], [], seconds);

    /// <summary>A VM that touches sets of pages, one after another.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="min">Its guaranteed pages.</param>
    /// <param name="shares">Its shares.</param>
    /// <param name="phases">Seconds and pages.</param>
    public static ScheduledVm Vm(string name, int min, int shares, params (int Seconds, int Pages)[] phases) => Busy(name, min, shares, 150, phases);

    /// <summary>The same, with so many touches a second.</summary>
    public static ScheduledVm Busy(string name, int min, int shares, int touches, params (int Seconds, int Pages)[] phases) =>
        Of(name, min, shares, new PhasedWorkload([.. phases.Select(p => new WorkloadPhase(p.Seconds, new PageCount(p.Pages)))]) { TouchesPerSecond = touches });

    /// <summary>A VM with any workload.</summary>
    public static ScheduledVm Of(string name, int min, int shares, WorkloadOptions work) =>
        new(0, new VmOptions(name, new PageCount(Size)) { Min = new PageCount(min), Shares = new Shares(shares), Workload = work });

    /// <summary>The same VM with another guest.</summary>
    public static ScheduledVm With(this ScheduledVm vm, Func<Memory.Guest.GuestOptions, Memory.Guest.GuestOptions> guest) =>
        vm with { Options = vm.Options with { Guest = guest(vm.Options.Guest) } };

    /// <summary>The same VM, switched on later.</summary>
    public static ScheduledVm From(this ScheduledVm vm, int second) => vm with { StartSeconds = second };
}
