using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Memory.Simulation;

// A second in the host's life. VMs run in slices of a tenth of a second; after each round of slices the disk's finished writes are
// noted, the state follows free memory, and the swap daemon gets its orders. Once a second the balloons are polled.
//
//     10 x { each VM runs 100 ms, unless it is blocked; Complete; state; swap daemon }  poll balloons; share, recolour; sample
//
// Simplified: every VM has a processor of its own, because memory is the subject here and not scheduling.

public sealed partial class EsxHost
{
    private const int SlicesPerSecond = 10;
    private const long SliceNanoseconds = 1_000_000_000 / SlicesPerSecond;

    // The daemon does not queue more than the disk can write in so long; what has become needless meanwhile need not be written.
    private static readonly SimDuration WriteQueue = SimDuration.FromSeconds(0.5);

    private readonly long[,] transitions = new long[4, 4];
    private readonly SimDuration[] timeInState = new SimDuration[4];
    private int leaveStateBelow;
    private bool rebalance;

    /// <summary>Where operations are recorded, if anywhere.</summary>
    internal TraceWriter? TraceWriter { get; set; }

    private int secondsSinceRebalance;

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
        Time.Observer?.On(new SecondBegan(Now));
        for (int slice = 0; slice < SlicesPerSecond; slice++)
        {
            RunAhead();
            foreach (HostedVm hosted in vms)
                RunSlice(hosted);
            clock.Advance(new SimDuration(SliceNanoseconds / 1000));
            timeInState[(int)State] += new SimDuration(SliceNanoseconds / 1000);
            hostSwap.Complete(Now);
            FollowFreeMemory();
            RebalanceIfDue();
            PageOut();
        }

        FollowPolicy();
        foreach (HostedVm hosted in vms)
            PollBalloon(hosted);
        ShareForOneSecond();
        coloring?.RecolorForOneSecond();
        hotIo?.PassSecond();
        secondsSinceRebalance++;
        if (Now.Microseconds / 1_000_000 % Options.SampleEverySeconds == 0)
            samples.Add(Sample());
    }

    private void RunSlice(HostedVm hosted)
    {
        if (!hosted.Vm.IsPoweredOn)
            return;
        if (!hosted.IsAhead && !BeginSlice(hosted))
            return;
        hosted.IsAhead = false;
        while (hosted.SpentNanoseconds < 0 && !IsBlocked(hosted) && DoNext(hosted))
        {
        }

        hosted.SpentNanoseconds = Math.Max(hosted.SpentNanoseconds, 0);
    }

    private bool BeginSlice(HostedVm hosted)
    {
        if (IsBlocked(hosted))
        {
            hosted.Vm.Outcomes.Count(Outcome.BlockedSlice);
            return false;
        }

        hosted.Vm.VmNanoseconds += SliceNanoseconds;
        hosted.SpentNanoseconds -= SliceNanoseconds;
        hosted.Sampling.Advance();
        return true;
    }

    // A VM above its target does not run while memory is lowest (the slides: "suspend VM").
    private bool IsBlocked(HostedVm hosted) => Options.Policy is not null ? hosted.Orders.Blocked : State == ReclamationState.Low && hosted.Vm.Allocated > hosted.Vm.Target;

    // Boots on, or does one operation. False when there is nothing to do.
    private bool DoNext(HostedVm hosted)
    {
        switch (hosted.Guest.State)
        {
            case GuestState.Booting:
                hosted.SpentNanoseconds += 1_000_000_000L / hosted.Options.Guest.BootPagesPerSecond;
                Boot(hosted);
                return true;

            case GuestState.Running when hosted.Work is { } work:
                WorkloadOperation operation = hosted.PutOff ?? NextOperation(hosted, work);
                hosted.PutOff = null;
                Do(hosted, operation);
                return true;

            default:
                return false;
        }
    }

    private static WorkloadOperation NextOperation(HostedVm hosted, IOperationSource work) =>
        work.Next((hosted.Vm.VmNanoseconds - hosted.BootedAtNanoseconds) / 1e9);

    private void Do(HostedVm hosted, in WorkloadOperation operation)
    {
        hosted.SpentNanoseconds += operation.ThinkNanoseconds;
        TraceWriter?.Write(hosted.Vm.Id, operation);
        if (operation.Vpn >= 0 && TouchVirtual(hosted, operation.Vpn, operation.Kind, operation.Contents))
            hosted.Operations++;
    }

    /// <summary>Boots a guest by one page; at the end its workload starts.</summary>
    /// <returns>Whether there is more to do.</returns>
    private static bool Boot(HostedVm hosted)
    {
        if (hosted.Guest.BootPage())
            return true;
        hosted.BootedAtNanoseconds = hosted.Vm.VmNanoseconds;
        hosted.Work?.Start(hosted.Guest, hosted.Vm.Disk, hosted.Boots++);
        return false;
    }

    /// <summary>Down at once, also in the middle of a slice; up when a slice is over.</summary>
    private void FollowFreeMemory()
    {
        ReclamationState next = StateTransitions.Next(State, machine.Free, thresholds);
        if (next == State)
            return;
        transitions[(int)State, (int)next]++;
        Time.Observer?.On(new StateChanged(Now, State, next, machine.Free));
        State = next;
        leaveStateBelow = (int)StateTransitions.LeftBelow(State, thresholds).Value;
        rebalance = true;
    }

    private void RebalanceIfDue()
    {
        if (rebalance || secondsSinceRebalance >= Options.RebalanceSeconds)
            Rebalance();
    }

    /// <summary>What sharing saved when the targets were last worked out: they may add up to so much more than the machine.</summary>
    internal PageCount SavedWhenTargetsWereSet { get; private set; }

    /// <summary>Works out what every VM should hold (OSDI '02 §6.3).</summary>
    private void Rebalance()
    {
        rebalance = false;
        secondsSinceRebalance = 0;
        if (Options.Policy is not null)
            return;
        List<HostedVm> running = [.. vms.Where(v => v.Vm.IsPoweredOn)];
        if (running.Count == 0)
            return;

        SavedWhenTargetsWereSet = new PageCount(sharing?.Table.SavedPages ?? 0);
        PageCount available = Available(running);
        bool overcommitted = running.Sum(v => v.Vm.Size.Value) > available.Value;
        MemoryClient[] clients = [.. running.Select(v => new MemoryClient(
            v.Vm.Parameters.Shares, v.Vm.Allocated, v.Sampling.Active, v.Vm.Parameters.Min, overcommitted ? Demand(v) : v.Vm.Size))];
        PageCount[] targets = MemoryTargets.Compute(clients, available, TaxRate);
        for (int i = 0; i < targets.Length; i++)
        {
            running[i].Vm.Target = targets[i];
            running[i].Vm.Outcomes.Count(Outcome.TargetsComputed);
        }
    }

    // In every state the targets aim at more free memory than "high", plus the margin that the way up asks for. A frame that several
    // pages share counts in full for each VM that maps it, so what sharing saves is there to be held, too. Guarantees come first.
    private PageCount Available(List<HostedVm> running) => PageCount.Max(
        MemoryForVms(running) - thresholds.High - thresholds.Margin - new PageCount(1) + new PageCount(sharing?.Table.SavedPages ?? 0),
        new PageCount(running.Sum(v => v.Vm.Parameters.Min.Value)));

    // What a VM could use: all that it ever touched, and a little more to grow into. Without demand nobody is given memory for
    // which another is robbed (OSDI '02 §5.1). course choice: a sixteenth of its size, at least 16 pages, until the next rebalancing.
    private static PageCount Demand(HostedVm hosted)
    {
        PageCount growth = new(Math.Max(16, hosted.Vm.Size.Value / 16));
        return PageCount.Max(PageCount.Min(Touched(hosted) + growth, hosted.Vm.Size), hosted.Vm.Parameters.Min);
    }

    private ReclamationPlan PlanFor(HostedVm hosted) =>
        ReclamationPlan.For(State, hosted.Vm.Allocated, hosted.Vm.Target, hosted.Channel.Room);

    /// <summary>The swap daemon's orders: per-VM targets, as much as the disk can take.</summary>
    private void PageOut()
    {
        if (State == ReclamationState.High && Options.Policy is null)
            return;
        foreach (HostedVm hosted in vms)
        {
            if (!hosted.Vm.IsPoweredOn || hostSwap.DiskFree > Now + WriteQueue)
                continue;
            int pages = PagesToPageOut(hosted) - hostSwap.PendingOf(hosted.Vm.Id);
            if (pages > 0)
                hostSwap.Start(hosted.Vm, hosted.Victims, Math.Min(pages, 16 * Paging.HostSwap.ClusterPages));
        }
    }

    /// <summary>Posts a balloon's target; the driver, if there is one, polls.</summary>
    private void PollBalloon(HostedVm hosted)
    {
        if (!hosted.Vm.IsPoweredOn)
            return;
        PageCount all = hosted.Vm.Size - hosted.Vm.Target;
        if (hosted.ManualBalloonTarget is { } byHand)
            hosted.Channel.Target = byHand;
        else if (Options.Policy is not null)
            hosted.Channel.Target = hosted.Orders.Balloon;
        else if (PlanFor(hosted).Balloon > PageCount.Zero)
            hosted.Channel.Target = PageCount.Min(all, LargestBalloon(hosted.Vm));
        else
            hosted.Channel.Target = PageCount.Min(hosted.Channel.Target, all); // never more than before, less if the target rose
        long moved = hosted.Vm.Outcomes[Outcome.BalloonInflate] + hosted.Vm.Outcomes[Outcome.BalloonDeflate];
        hosted.Driver?.Poll();
        moved = hosted.Vm.Outcomes[Outcome.BalloonInflate] + hosted.Vm.Outcomes[Outcome.BalloonDeflate] - moved;
        hosted.SpentNanoseconds += moved * Options.Costs.BalloonPage;
    }

    private HostSample Sample() => new(
        Now, State, machine.Free, swap.Used, new PageCount(sharing?.Table.SharingPages ?? 0), new PageCount(sharing?.Table.SavedPages ?? 0),
        [.. vms.Select(v => new VmSample(v.Vm.Allocated, v.Sampling.Active, v.Vm.Ballooned, v.Vm.Swapped, v.Vm.Target, v.Channel.Target, v.Operations))]);
}
