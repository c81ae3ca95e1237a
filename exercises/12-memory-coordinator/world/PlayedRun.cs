using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Exercises.Coordinator;

// A run of a workload, second by second, with whatever the score and the replay look at. The host is the memory manager itself; the
// student's object stands behind its seam for policies, one call a simulated second.

/// <summary>A second of a run: what the host saw at its end, and what had been done since it was switched on.</summary>
/// <param name="View">What the host saw.</param>
/// <param name="Names">The VMs' names, in the view's order.</param>
/// <param name="Orders">What was ordered for the second that begins, in the view's order; none in a run of ESX's own rules.</param>
/// <param name="BalloonTargets">What the host wants in each balloon, in the view's order.</param>
/// <param name="Operations">Operations that each VM had done, in the view's order.</param>
/// <param name="Moved">Pages that had been inflated, deflated, paged out and paged in.</param>
/// <param name="Transitions">Changes of the host's state.</param>
public sealed record PlayedSecond(
    HostView View, ImmutableArray<string> Names, ImmutableArray<VmOrders> Orders, ImmutableArray<PageCount> BalloonTargets, ImmutableArray<long> Operations, long Moved, long Transitions);

/// <summary>A workload played to its end under one policy.</summary>
/// <param name="Seconds">Second by second.</param>
/// <param name="Host">The host at the end.</param>
public sealed record PlayedRun(ImmutableArray<PlayedSecond> Seconds, EsxHost Host)
{
    private static readonly Outcome[] Moves = [Outcome.BalloonInflate, Outcome.BalloonDeflate, Outcome.SwapOut, Outcome.SwapIn];

    /// <summary>Plays a workload under ESX's own rules.</summary>
    internal static PlayedRun OfEsx(Scenario workload) => Play(workload, null);

    /// <summary>Plays a workload under a student's policy.</summary>
    /// <exception cref="CheckFailedException">An order cannot be.</exception>
    internal static PlayedRun OfStudent(Scenario workload, IMemoryCoordinator student, CheckRun run) => Play(workload, new StudentPolicy(student, run));

    private static PlayedRun Play(Scenario workload, StudentPolicy? policy)
    {
        ScenarioRun run = new(workload with { Host = workload.Host with { Policy = policy } });
        EsxHost host = run.Host;
        policy?.Begin(host);
        ReclamationState[] states = Enum.GetValues<ReclamationState>();
        ImmutableArray<PlayedSecond>.Builder seconds = ImmutableArray.CreateBuilder<PlayedSecond>(workload.Seconds);
        while (!run.IsOver)
        {
            run.Step();
            HostView view = host.View();
            HostSample sample = host.Samples[^1];
            seconds.Add(new PlayedSecond(
                view, [.. view.Vms.Select(v => host.Vms[v.Vm.Value].Name)], policy?.Latest ?? [],
                [.. view.Vms.Select(v => sample.Vms[v.Vm.Value].BalloonTarget)], [.. view.Vms.Select(v => sample.Vms[v.Vm.Value].Operations)],
                Moved(host), states.Sum((ReclamationState from) => From(host, states, from))));
        }

        return new PlayedRun(seconds.ToImmutable(), host);
    }

    private static long Moved(EsxHost host) => host.Vms.Sum((VirtualMachine vm) => Moves.Sum((Outcome move) => vm.Outcomes[move]));

    private static long From(EsxHost host, ReclamationState[] states, ReclamationState from) => states.Sum((ReclamationState to) => host.TransitionsBetween(from, to));

    /// <summary>The student's object behind the memory manager's seam.</summary>
    private sealed class StudentPolicy(IMemoryCoordinator student, CheckRun run) : IMemoryPolicy
    {
        private int fastestScan;
        private bool begun;

        public ImmutableArray<VmOrders> Latest { get; private set; } = [];

        public void Begin(EsxHost host) => fastestScan = host.Options.Sharing?.PagesPerSecondPerVm ?? 0;

        public IReadOnlyList<VmOrders> Decide(HostView host)
        {
            if (!begun)
                student.Start(new HostSetup(host.Memory, host.Thresholds.High, host.Thresholds.Soft, host.Thresholds.Hard, host.Thresholds.Low, host.Thresholds.Margin, host.TaxRate, fastestScan));
            begun = true;
            HostReading reading = new((int)host.Time.Seconds, host.Free, host.Saved, [.. host.Vms.Select(v => new VmReading(
                v.Vm, v.Size, v.Min, v.Shares, v.Allocated, v.Active, v.Demand, v.Shared, v.Ballooned, v.BalloonRoom, v.Swapped))]);
            run.Step($"second {reading.Second}");
            IReadOnlyList<VmOrder> orders = student.Decide(reading);
            run.True(orders.Count == host.Vms.Length, $"you gave {orders.Count} orders for {host.Vms.Length} VMs; one each is needed, in their order");
            for (int i = 0; i < orders.Count; i++)
                Hold(host.Vms[i], orders[i]);
            Latest = [.. orders.Select(o => new VmOrders(o.Balloon, o.Swap, o.Scan, o.Block))];
            return Latest;
        }

        private void Hold(VmView vm, VmOrder order)
        {
            run.True(order.Balloon >= PageCount.Zero && order.Balloon <= vm.Size, $"{order.Balloon} for the balloon of {vm.Vm} lie outside 0 to its size, {vm.Size}");
            run.True(order.Swap >= PageCount.Zero && order.Swap <= vm.Size, $"{order.Swap} in swap space for {vm.Vm} lie outside 0 to its size, {vm.Size}");
            PageCount most = PageCount.Max(order.Balloon, order.Swap), free = vm.Size - vm.Min;
            run.True(most <= free, $"taking {most} from {vm.Vm} breaks its guarantee: of {vm.Size} it keeps at least {vm.Min}");
            run.True(order.Scan >= 0 && order.Scan <= fastestScan, $"a scan of {order.Scan} pages a second of {vm.Vm} lies outside 0 to {fastestScan}");
        }
    }
}
