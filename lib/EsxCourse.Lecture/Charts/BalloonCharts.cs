using EsxCourse.Contracts;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>The charts of the lecture on ballooning, drawn from the points that a host kept while it ran.</summary>
public static class BalloonCharts
{
    /// <summary>How a balloon follows its target.</summary>
    /// <param name="host">A host that has run.</param>
    /// <param name="vm">Whose balloon.</param>
    /// <returns>The chart.</returns>
    public static GenericChart SizeAgainstTarget(EsxHost host, VirtualMachine vm) =>
        Together(
                Line(host, "target", sample => sample.Vms[vm.Id.Value].BalloonTarget, StyleParam.DrawingStyle.Dash),
                Line(host, "balloon", sample => sample.Vms[vm.Id.Value].Ballooned, StyleParam.DrawingStyle.Solid))
            .Projected($"The balloon of {vm.Name} follows its target, one poll a second", "time, seconds", "pages");

    /// <summary>Where a VM's "physical" memory is, over time: every page is in one of these states.</summary>
    /// <param name="host">A host that has run.</param>
    /// <param name="vm">Which VM.</param>
    /// <returns>The chart, stacked up to the size of the VM.</returns>
    public static GenericChart MemoryByState(EsxHost host, VirtualMachine vm)
    {
        (PmapState State, Func<VmSample, PageCount> Pages)[] states =
        [
            (PmapState.Mapped, sample => sample.Allocated),
            (PmapState.Ballooned, sample => sample.Ballooned),
            (PmapState.Swapped, sample => sample.Swapped),
            (PmapState.Unbacked, sample => vm.Size - sample.Allocated - sample.Ballooned - sample.Swapped),
        ];
        double[] seconds = [.. host.Samples.Select(sample => sample.Time.Seconds)];
        return Together(states.Select(state => Plotly.NET.CSharp.Chart.StackedArea<double, long, string>(
                seconds, host.Samples.Select(sample => state.Pages(sample.Vms[vm.Id.Value]).Value),
                Name: state.State == PmapState.Mapped ? "backed by machine pages" : MemoryGrids.KindOf(state.State).Name,
                ShowMarkers: false,
                LineWidth: 0,
                LineColor: Color.fromString(MemoryGrids.KindOf(state.State).Colour),
                FillColor: Color.fromString(MemoryGrids.KindOf(state.State).Colour))))
            .Projected($"Where the {vm.Size} of {vm.Name} are", "time, seconds", "pages");
    }

    /// <summary>What if? A slider over runs that differ in one thing, and how far the balloon then is. Needs no kernel.</summary>
    /// <param name="prefix">What stands before the slider's value.</param>
    /// <param name="title">What the picture says.</param>
    /// <param name="runs">Each value with the host that ran with it; the balloon is that of its first VM.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WhatIf(string prefix, string title, IEnumerable<(string Value, EsxHost Host)> runs)
    {
        (string Value, EsxHost Host)[] all = [.. runs];
        return Sliders.Over(prefix, all.Select(run => (run.Value, Line(run.Host, "balloon", sample => sample.Vms[0].Ballooned, StyleParam.DrawingStyle.Solid, Palette[0]))))
            .Projected(title, "time, seconds", "pages in the balloon")
            .WithFixedY(0, 1.05 * all.Max(run => run.Host.Samples.Max(sample => sample.Vms[0].Ballooned.Value)));
    }

    private static GenericChart Line(EsxHost host, string name, Func<HostSample, PageCount> value, StyleParam.DrawingStyle dash, string? colour = null)
    {
        GenericChart line = Plotly.NET.CSharp.Chart.Line<double, long, string>(
            host.Samples.Select(sample => sample.Time.Seconds), host.Samples.Select(sample => value(sample).Value), Name: name, ShowMarkers: false, LineDash: dash);
        // A target holds from one second to the next, and a balloon moves only when it is polled.
        foreach (Trace trace in GenericChart.getTraces(line))
            trace.SetProperty("line", Map([("shape", "hv"), ("dash", dash == StyleParam.DrawingStyle.Dash ? "dash" : "solid"), ("width", 3), .. colour is null ? [] : new[] { ("color", (object)colour) }]));
        return line;
    }
}
