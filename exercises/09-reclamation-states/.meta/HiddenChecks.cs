using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Exercises.States;

/// <summary>Up by one state, after three seconds in a row at or above the threshold of the next.</summary>
public sealed class UpAgain : Check<IReclamation>
{
    /// <inheritdoc/>
    public override string Hint => "Which threshold leads out of each state? Three seconds in a row are needed, and again three for the next state.";

    /// <inheritdoc/>
    protected override void Run(IReclamation student, CheckRun run)
    {
        const HostState High = HostState.High, Soft = HostState.Soft, Hard = HostState.Hard, Low = HostState.Low;
        States.Play(student, run, "1000 pages", (30, Soft), (60, Soft), (60, Soft), (60, High));
        States.Play(run.Another<IReclamation>(), run, "1000 pages", (5, Low), (20, Low), (25, Low), (30, Hard), (40, Hard), (40, Hard), (45, Soft), (59, Soft), (59, Soft), (59, Soft));
        States.Play(run.Another<IReclamation>(), run, "1000 pages, all at once", (5, Low), (500, Low), (500, Low), (500, Hard), (500, Hard), (500, Hard), (500, Soft), (500, Soft), (500, Soft), (500, High));
    }
}

/// <summary>Free memory that trembles around a threshold does not make the state flicker.</summary>
public sealed class Trembling : Check<IReclamation>
{
    /// <inheritdoc/>
    public override string Hint => "Three seconds in a row: one second below begins the count anew, and so does a deeper state.";

    /// <inheritdoc/>
    protected override void Run(IReclamation student, CheckRun run)
    {
        const HostState High = HostState.High, Soft = HostState.Soft, Hard = HostState.Hard;
        int below = run.Inputs.Whole(40, 59), above = run.Inputs.Whole(60, 90);
        States.Play(student, run, "1000 pages", (30, Soft), (above, Soft), (above, Soft), (below, Soft), (above, Soft), (above, Soft), (below, Soft), (above, Soft), (above, Soft), (above, High));
        States.Play(run.Another<IReclamation>(), run, "1000 pages", (30, Soft), (above, Soft), (above, Soft), (15, Hard), (above, Hard), (above, Hard), (above, Soft));
        States.Play(run.Another<IReclamation>(), run, "1000 pages", (90, High), (90, High), (90, High), (30, Soft), (60, Soft), (60, Soft), (60, High));
    }
}

/// <summary>In Soft the balloons give, the fattest VM first, as much as is missing to High; paging where a balloon has no room.</summary>
public sealed class OrdersInSoft : Check<IReclamation>
{
    /// <inheritdoc/>
    public override string Hint => "How many pages are missing to the threshold High? Who is furthest above its target gives first, by its balloon as far as that has room, the rest of its part by paging.";

    /// <inheritdoc/>
    protected override void Run(IReclamation student, CheckRun run)
    {
        student.Start(new PageCount(1000));
        run.Step("1000 pages, free 100");
        student.Tick(new PageCount(100));
        run.SameSequence([default], student.Orders([Orders.Vm(500, 100, 500)]), "VM");

        // By hand: 60 - 30 = 30 are missing.
        student.Tick(new PageCount(30));
        Orders.Hold(student, run, "free 30; surplus 20 and 50, room for all", [Orders.Vm(120, 100, 99), Orders.Vm(150, 100, 99)], "balloon 0, page out 0", "balloon 30, page out 0");
        Orders.Hold(student, run, "free 30; surplus 8 and 20, room for all", [Orders.Vm(108, 100, 99), Orders.Vm(120, 100, 99)], "balloon 8, page out 0", "balloon 20, page out 0");
        Orders.Hold(student, run, "free 30; surplus 20 and 25, room for 5 in the second", [Orders.Vm(120, 100, 99), Orders.Vm(125, 100, 5)], "balloon 5, page out 0", "balloon 5, page out 20");
        Orders.Hold(student, run, "free 30; equal surplus of 20", [Orders.Vm(120, 100, 99), Orders.Vm(120, 100, 99)], "balloon 20, page out 0", "balloon 10, page out 0");
        Orders.Hold(student, run, "free 30; the first is below its target", [Orders.Vm(80, 100, 99), Orders.Vm(110, 100, 0)], "balloon 0, page out 0", "balloon 0, page out 10");
        run.Step("free 60, still Soft");
        student.Tick(new PageCount(60));
        run.SameSequence(["balloon 0, page out 0"], [.. student.Orders([Orders.Vm(500, 100, 500)]).Select(o => o.ToString())], "VM");
    }
}

/// <summary>In Hard it is paging alone; in Low those above their target are blocked besides, and nobody else.</summary>
public sealed class OrdersInHardAndLow : Check<IReclamation>
{
    /// <inheritdoc/>
    public override string Hint => "Paging is sure where a balloon is not. Who is blocked in Low: a VM that has more than it should, whether it is asked for pages now or not.";

    /// <inheritdoc/>
    protected override void Run(IReclamation student, CheckRun run)
    {
        student.Start(new PageCount(1000));
        student.Tick(new PageCount(15));
        VmSituation[] vms = [Orders.Vm(100, 100, 50), Orders.Vm(110, 100, 50), Orders.Vm(200, 100, 50), Orders.Vm(60, 100, 50)];
        Orders.Hold(student, run, "free 15; surplus 0, 10 and 100, and one below its target", vms, "balloon 0, page out 0", "balloon 0, page out 0", "balloon 0, page out 45", "balloon 0, page out 0");
        student.Tick(new PageCount(4));
        Orders.Hold(student, run, "free 4; surplus 0, 10 and 100, and one below its target", vms,
            "balloon 0, page out 0", "balloon 0, page out 0, blocked", "balloon 0, page out 56, blocked", "balloon 0, page out 0");
        student.Tick(new PageCount(30));
        Orders.Hold(student, run, "free 30 after 4, one second later", vms, "balloon 0, page out 0", "balloon 0, page out 0, blocked", "balloon 0, page out 30, blocked", "balloon 0, page out 0");
    }
}

/// <summary>Free memory and VMs of a host under pressure, minute after minute.</summary>
public sealed class ARealHost : Check<IReclamation>
{
    /// <inheritdoc/>
    public override string Hint => "Write free memory and state side by side for the seconds before the one that is shown.";

    /// <inheritdoc/>
    protected override void Run(IReclamation student, CheckRun run)
    {
        const int MachinePages = 1200;
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(MachinePages), Seed = (ulong)run.Inputs.Whole(1, int.MaxValue) });
        for (int vm = 0; vm < 3; vm++)
            host.AddVm(new VmOptions($"vm{vm + 1}", new PageCount(600)) { Min = new PageCount(100), Workload = new PhasedWorkload([new WorkloadPhase(20, new PageCount(run.Inputs.Whole(50, 250))), new WorkloadPhase(40, new PageCount(run.Inputs.Whole(300, 550)))]) });
        host.Run(SimDuration.FromSeconds(90));
        ReferenceReclamation reference = new();
        reference.Start(new PageCount(MachinePages));
        student.Start(new PageCount(MachinePages));
        foreach (HostSample sample in host.Samples)
        {
            run.Step($"a host of {MachinePages} pages with three VMs, {sample.Time}, free {sample.Free.Value}");
            run.Equal(reference.Tick(sample.Free), student.Tick(sample.Free), "the state");
            VmSituation[] vms = [.. sample.Vms.Select(v => new VmSituation(v.Allocated, v.Target, new PageCount(run.Inputs.Whole(0, 60))))];
            run.SameSequence([.. reference.Orders(vms)], student.Orders(vms), "VM");
        }
    }
}

/// <summary>Short forms for orders.</summary>
internal static class Orders
{
    public static VmSituation Vm(int allocated, int target, int room) => new(new PageCount(allocated), new PageCount(target), new PageCount(room));

    public static void Hold(IReclamation student, CheckRun run, string step, VmSituation[] vms, params string[] orders)
    {
        run.Step($"1000 pages, {step}");
        run.SameSequence(orders, [.. student.Orders(vms).Select(o => o.ToString())], "VM");
    }
}
