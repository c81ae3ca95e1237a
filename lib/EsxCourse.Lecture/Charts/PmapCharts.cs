using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>Charts of whole pmaps, for VMs with more pages than a step view can show.</summary>
public static class PmapCharts
{
    // More rows than this cannot be told apart on a projector.
    private const int MaxRows = 128;

    /// <summary>A VM's pmap over time: a column for each second, a row for each page or, of a large VM, for some pages together.</summary>
    /// <param name="host">A host whose observer is a <see cref="MemoryRecorder"/>, and which has run.</param>
    /// <param name="vm">Which VM.</param>
    /// <returns>The chart. Where a row stands for several pages, it shows the state that most of them are in.</returns>
    /// <exception cref="ArgumentException">The host keeps no events.</exception>
    public static GenericChart HeatMap(EsxHost host, VirtualMachine vm)
    {
        if (host.Options.Observer is not MemoryRecorder recorder)
            throw new ArgumentException("The host keeps no events: build it with new HostOptions { Observer = new MemoryRecorder() }.", nameof(host));
        List<PmapSnapshot> moments = [];
        EventCursor cursor = recorder.Cursor();
        while (cursor.MoveNext(happened => happened is SecondBegan))
            if (cursor.Last!.Time > SimTime.Start)
                moments.Add(cursor.PmapOf(vm.Id));
        moments.Add(host.Snapshot(vm));

        int pagesPerRow = (int)((vm.Size.Value + MaxRows - 1) / MaxRows);
        int[] firstPages = [.. Enumerable.Range(0, (int)(vm.Size.Value + pagesPerRow - 1) / pagesPerRow).Select(row => row * pagesPerRow)];
        GenericChart map = Plotly.NET.CSharp.Chart.Heatmap<int, double, int, string>(
            firstPages.Select(first => moments.Select(moment => (int)MostOf(moment, first, pagesPerRow))),
            X: moments.Select(moment => moment.Time.Seconds).ToArray(),
            Y: firstPages);
        foreach (Trace trace in GenericChart.getTraces(map))
            PaintStates(trace);
        return map.Projected($"The pmap of {vm.Name}, second by second", "time, seconds", "PPN");
    }

    private static PmapState MostOf(PmapSnapshot moment, int first, int count) =>
        moment.States.Skip(first).Take(count).GroupBy(state => state).MaxBy(group => (group.Count(), -(int)group.Key))!.Key;

    // Five states, five flat colours: a colour scale with steps, named beside.
    private static void PaintStates(Trace trace)
    {
        PmapState[] states = Enum.GetValues<PmapState>();
        trace.SetProperty("zmin", -0.5);
        trace.SetProperty("zmax", states.Length - 0.5);
        trace.SetProperty("colorscale", states.SelectMany((state, i) => new[] { i, i + 1 }.Select(end => new object[] { (double)end / states.Length, MemoryGrids.KindOf(state).Colour })).ToArray());
        trace.SetProperty("colorbar", Map(("tickvals", states.Select(state => (int)state).ToArray()), ("ticktext", states.Select(state => MemoryGrids.KindOf(state).Name).ToArray())));
        trace.SetProperty("hovertemplate", "%{x} s, PPN %{y}<extra></extra>");
    }
}
