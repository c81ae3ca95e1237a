using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Exercises.Coordinator;
using EsxCourse.Lecture;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Virtualization;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Exercises;

// A second is a moment of a step view. Each VM is a stack of cells twice, once under the student's policy and once under ESX's; a cell stands
// for a few pages, and the cells are in order of what became of the pages, so that a stack reads like a bar:
//
//     grows (yours)     MMMMMMMMMMSSBBBBss······     held, shared, ballooned, swapped, never touched
//     grows (ESX)       MMMMMMMMMMMMSSBBBB······
//
// Under the stacks a table has the orders of the second and what came of them. Charts of both whole runs follow.

/// <summary>The page of <c>esx exercise replay</c>.</summary>
internal static class ReplayPage
{
    // A row of a step view's grid has 32 cells; a VM of 350 pages fits two.
    private const int PagesPerCell = 6;

    private static readonly PmapState[] Order = [PmapState.Mapped, PmapState.Shared, PmapState.Ballooned, PmapState.Swapped, PmapState.Unbacked];

    /// <summary>The page of a workload played under both policies.</summary>
    public static HtmlPage Of(string workload, PlayedRun student, PlayedRun esx)
    {
        (string Name, VmId Vm, long Size)[] vms = [.. student.Host.Vms.Select(vm => (vm.Name, vm.Id, vm.Size.Value))];
        StepView steps = new($"{workload}: your policy beside ESX's own, second by second. A cell is {PagesPerCell} pages", student.Seconds.Zip(esx.Seconds).Select((pair, at) => Moment(
            vms, pair.First, at > 0 ? student.Seconds[at - 1] : null, pair.Second, at > 0 ? esx.Seconds[at - 1] : null)));
        Score own = Score.Of(student), theirs = Score.Of(esx);
        (double throughput, double fairness, double stability) = own.Against(theirs);
        LectureTable scores = LectureTable.Of<(string Name, string Yours, string Esx, double Score)>(
            "What the run comes to",
            [
                ("throughput, operations", $"{own.Operations}", $"{theirs.Operations}", throughput),
                ("fairness, % of what was due", $"{100 * own.Delivered:0.0}", $"{100 * theirs.Delivered:0.0}", fairness),
                ("unrest a minute", $"{own.Unrest:0.0}", $"{theirs.Unrest:0.0}", stability),
            ],
            ("", row => row.Name), ("yours", row => row.Yours), ("ESX", row => row.Esx), ("score, %", row => $"{row.Score:0.0}"));
        return new HtmlPage("replay.html", $"Replay: {workload}",
            $"<div class=\"wide\">{scores.ToPageHtml()}</div>\n{steps.ToPageHtml()}\n<h2>Your policy</h2>\n{MemoryStackCharts.ByVmAndState(student.Host).ToPageHtml()}\n{StateCharts.Timeline(student.Host).ToPageHtml()}"
            + $"\n<h2>ESX's own policy</h2>\n{MemoryStackCharts.ByVmAndState(esx.Host).ToPageHtml()}\n{StateCharts.Timeline(esx.Host).ToPageHtml()}");
    }

    private static StepFrame Moment((string Name, VmId Vm, long Size)[] vms, PlayedSecond own, PlayedSecond? ownBefore, PlayedSecond esx, PlayedSecond? esxBefore)
    {
        ImmutableArray<StepGrid>.Builder grids = ImmutableArray.CreateBuilder<StepGrid>();
        foreach ((string name, VmId vm, long size) in vms)
        {
            grids.Add(Stack($"{name} (yours)", At(own, vm), size));
            grids.Add(Stack($"{name} (ESX)", At(esx, vm), size));
        }

        LectureTable orders = LectureTable.Of(
            "Ordered for the next second, and what there is now",
            vms.SelectMany(vm => new[] { (Name: $"{vm.Name} (yours)", At: IndexOf(own, vm.Vm), Run: own, Before: ownBefore, vm.Vm), (Name: $"{vm.Name} (ESX)", At: IndexOf(esx, vm.Vm), Run: esx, Before: esxBefore, vm.Vm) })
                .Where(row => row.At >= 0),
            ("VM", row => row.Name),
            ("balloon", row => row.Run.BalloonTargets[row.At].Value), ("swap", row => Ordered(row.Run, row.At)?.Swap.Value), ("scan", row => Ordered(row.Run, row.At)?.ScanPagesPerSecond),
            ("runs", row => Ordered(row.Run, row.At) is { } order ? order.Blocked ? "no" : "yes" : null),
            ("in balloon", row => row.Run.View.Vms[row.At].Ballooned.Value), ("in swap", row => row.Run.View.Vms[row.At].Swapped.Value),
            ("held", row => row.Run.View.Vms[row.At].Allocated.Value), ("active", row => row.Run.View.Vms[row.At].Active.Value), ("operations", row => Done(row.Run, row.Before, row.Vm)));
        return new StepFrame($"Second {own.View.Time.Seconds:0}. Yours: {Host(own, ownBefore)}. ESX: {Host(esx, esxBefore)}.", grids.ToImmutable(), orders);
    }

    private static string Host(PlayedSecond second, PlayedSecond? before) =>
        $"{second.View.Free.Value} pages free ({second.View.State}), {second.View.Saved.Value} saved by sharing, {second.Moved - (before?.Moved ?? 0)} moved";

    private static StepGrid Stack(string title, VmView? vm, long size)
    {
        long shared = vm?.Shared.Value ?? 0;
        Dictionary<PmapState, long> pages = new()
        {
            [PmapState.Mapped] = (vm?.Allocated.Value ?? 0) - shared,
            [PmapState.Shared] = shared,
            [PmapState.Ballooned] = vm?.Ballooned.Value ?? 0,
            [PmapState.Swapped] = vm?.Swapped.Value ?? 0,
        };
        int cells = (int)Math.Ceiling(size / (double)PagesPerCell);
        return new StepGrid(title, [.. Enumerable.Range(0, cells).Select(cell =>
        {
            StepKind kind = MemoryGrids.KindOf(StateAt(pages, (cell * PagesPerCell) + (PagesPerCell / 2)));
            return new StepCell(kind, $"pages {(cell * PagesPerCell) + 1} to {Math.Min(size, (cell + 1) * PagesPerCell)} of the stack: {kind.Name}");
        })]);
    }

    private static PmapState StateAt(Dictionary<PmapState, long> pages, long place)
    {
        foreach (PmapState state in Order)
            if ((place -= pages.GetValueOrDefault(state)) < 0)
                return state;
        return PmapState.Unbacked;
    }

    private static int IndexOf(PlayedSecond second, VmId vm) => second.View.Vms.ToList().FindIndex(v => v.Vm == vm);

    private static VmView? At(PlayedSecond second, VmId vm) => IndexOf(second, vm) is int index and >= 0 ? second.View.Vms[index] : null;

    // ESX's own rules act within the second and order nothing for the next one but balloons.
    private static VmOrders? Ordered(PlayedSecond second, int index) => second.Orders.IsEmpty ? null : second.Orders[index];

    private static long Done(PlayedSecond second, PlayedSecond? before, VmId vm)
    {
        long Until(PlayedSecond? at) => at is not null && IndexOf(at, vm) is int index and >= 0 ? at.Operations[index] : 0;
        return Until(second) - Until(before);
    }
}
