using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>The three moving averages of a VM's active fraction at one moment.</summary>
/// <param name="Time">The moment.</param>
/// <param name="Slow">The slow one, from 0 to 1.</param>
/// <param name="Fast">The fast one, from 0 to 1.</param>
/// <param name="Current">The fast one with the period under way, from 0 to 1.</param>
/// <param name="Estimate">The largest: what the tax believes.</param>
public readonly record struct EstimatePoint(SimTime Time, double Slow, double Fast, double Current, double Estimate);

/// <summary>Working-set estimates over time (OSDI '02 §5.3): slow, fast, the period under way, and the largest of them.</summary>
public static class EstimateCharts
{
    private const int EverySeconds = 3;

    /// <summary>Runs a host and notes the averages of one of its VMs after each second.</summary>
    /// <param name="host">The host; it runs on.</param>
    /// <param name="vm">The VM.</param>
    /// <param name="seconds">How long.</param>
    /// <returns>A point a second.</returns>
    public static IReadOnlyList<EstimatePoint> Follow(EsxHost host, VirtualMachine vm, int seconds) =>
    [
        .. Enumerable.Range(0, seconds).Select(_ =>
        {
            host.Step();
            ActiveMemoryEstimate averages = host.ActiveMemoryOf(vm);
            return new EstimatePoint(host.Now, averages.Slow, averages.Fast, averages.Current, averages.ActiveFraction);
        }),
    ];

    /// <summary>All averages, and the truth that sampling does not know.</summary>
    /// <param name="points">What <see cref="Follow"/> noted.</param>
    /// <param name="truth">The part of the VM that its workload really touches, at each second.</param>
    /// <returns>The chart.</returns>
    public static GenericChart Averages(IReadOnlyList<EstimatePoint> points, Func<double, double> truth) =>
        Together(
                Line("really touched", points.Select(point => (point, truth(point.Time.Seconds))), 6, "dot", 2),
                Line("estimate = the largest", points.Select(point => (point, point.Estimate)), 0, "solid", 7),
                Line("slow average", points.Select(point => (point, point.Slow)), 3, "solid", 3),
                Line("fast average", points.Select(point => (point, point.Fast)), 1, "solid", 3),
                Line("fast, with this period so far", points.Select(point => (point, point.Current)), 2, "dash", 2))
            .Projected("The estimate rises with the quickest average and falls with the slowest", "time, minutes", "active, % of the VM")
            .WithFixedY(0, 105);

    /// <summary>What if the sampler were set otherwise? A slider over runs that differ in one thing. Needs no kernel.</summary>
    /// <param name="prefix">What stands before the slider's value.</param>
    /// <param name="title">What the picture says.</param>
    /// <param name="runs">Each value with what was noted of its run.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WhatIf(string prefix, string title, IEnumerable<(string Value, IReadOnlyList<EstimatePoint> Points)> runs) =>
        Sliders.Over(prefix, runs.Select(run => (run.Value, Line("estimate", run.Points.Select(point => (point, point.Estimate)), 0, "solid", 3))))
            .Projected(title, "time, minutes", "estimated active, % of the VM")
            .WithFixedY(0, 105);

    private static GenericChart Line(string name, IEnumerable<(EstimatePoint Point, double Value)> values, int colour, string dash, int width)
    {
        // Every few seconds and to a tenth: a picture shows no more, and a page of many pictures stays small.
        (EstimatePoint Point, double Value)[] all = [.. values.Where((_, i) => i % EverySeconds == 0)];
        GenericChart line = Plotly.NET.CSharp.Chart.Line<double, double, string>(all.Select(at => Math.Round(at.Point.Time.Minutes, 2)), all.Select(at => Math.Round(100 * at.Value, 1)), Name: name, ShowMarkers: false);
        foreach (Trace trace in GenericChart.getTraces(line))
            trace.SetProperty("line", Map(("color", Palette[colour]), ("dash", dash), ("width", width)));
        return line;
    }
}
