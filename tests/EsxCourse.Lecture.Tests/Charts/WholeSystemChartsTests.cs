using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Memory.Alternatives;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using Plotly.NET;

namespace EsxCourse.Lecture.Tests.Charts;

/// <summary>The charts of working sets, states and the whole system carry what the memory manager did.</summary>
public sealed class WholeSystemChartsTests
{
    private readonly EsxHost host = new(new HostOptions { MachineMemory = PageCount.FromMebibytes(8) });

    public WholeSystemChartsTests()
    {
        foreach (string name in new[] { "A", "B" })
            host.AddVm(new VmOptions(name, PageCount.FromMebibytes(6)) { Min = PageCount.FromMebibytes(2), Workload = new SteadyWorkload(PageCount.FromMebibytes(5)) });
        host.Run(SimDuration.FromSeconds(8));
    }

    [Fact]
    public void The_stack_of_a_moment_is_all_that_the_VMs_hold_have_ballooned_and_paged_out()
    {
        JsonElement[] layers = [.. Figure(MemoryStackCharts.ByVmAndState(host)).GetProperty("data").EnumerateArray()];
        Assert.Equal(8, layers.Length);
        Assert.All(Enumerable.Range(0, host.Samples.Count), at => Assert.Equal(
            host.Samples[at].Vms.Sum(vm => (vm.Allocated + vm.Ballooned + vm.Swapped).Mebibytes), layers.Sum(layer => layer.GetProperty("y")[at].GetDouble()), 1));
    }

    [Fact]
    public void A_band_of_the_timeline_ends_where_the_transitions_leave_its_state()
    {
        JsonElement[] bands = [.. Figure(StateCharts.Timeline(host)).GetProperty("layout").GetProperty("shapes").EnumerateArray()];
        StateThresholds thresholds = host.Thresholds;
        double Percent(PageCount pages) => 100.0 * pages.Value / host.Machine.FrameCount.Value;
        Assert.Equal([Percent(thresholds.Soft), Percent(thresholds.Hard), Percent(thresholds.Low)], bands.Select(band => band.GetProperty("y0").GetDouble()));
        PageCount leaves = thresholds.High + thresholds.Margin + new PageCount(1);
        Assert.Equal(Percent(leaves), bands[0].GetProperty("y1").GetDouble());
        Assert.Equal(ReclamationState.High, StateTransitions.Next(ReclamationState.Soft, leaves, thresholds));
    }

    [Fact]
    public void The_estimate_is_the_largest_average_at_every_second()
    {
        IReadOnlyList<EstimatePoint> points = EstimateCharts.Follow(host, host.Vms[0], 40);
        Assert.Equal(40, points.Count);
        Assert.All(points, point => Assert.Equal(Math.Max(point.Slow, Math.Max(point.Fast, point.Current)), point.Estimate));
        Assert.Contains(points, point => point.Slow != point.Fast);
    }

    [Fact]
    public void Policies_are_measured_against_the_first()
    {
        JsonElement data = Figure(PolicyCharts.Compared("two", [("one", 2.0), ("two", 3.0)], ("itself", value => value))).GetProperty("data");
        Assert.Equal(100, data[0].GetProperty("y")[0].GetDouble());
        Assert.Equal(150, data[1].GetProperty("y")[0].GetDouble());
    }

    [Fact]
    public void Xens_frames_are_shown_with_their_types_owners_and_counts()
    {
        XenPageTables xen = new([0, 0, 1]);
        xen.GuestWrite(0, 0, new XenEntry(1, Writable: true));
        Assert.True(xen.Pin(0, 0, XenFrameType.PageTable));
        StepFrame frame = XenSteps.Frame(xen, [0, 0, 1], "pinned");
        Assert.Equal([2, 1], frame.Grids.Select(grid => grid.Cells.Length));
        Assert.Equal("TW", string.Concat(frame.Grids[0].Cells.Select(cell => cell.Kind.Letter)));
        Assert.Equal("frame 0: page table (PT), 1 references, pinned", frame.Grids[0].Cells[0].Label);
    }

    private static JsonElement Figure(GenericChart chart) => JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement;
}
