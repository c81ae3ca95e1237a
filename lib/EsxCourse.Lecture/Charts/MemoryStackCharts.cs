using System.Globalization;
using EsxCourse.Contracts;
using EsxCourse.Memory.Simulation;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>Where all VMs' memory is over time, stacked by VM and by what became of it.</summary>
public static class MemoryStackCharts
{
    private static readonly (string Name, double Strength, Func<VmSample, PageCount> Pages)[] Parts =
    [
        ("active", 1, vm => PageCount.Min(vm.Active, vm.Allocated)),
        ("idle", 0.6, vm => vm.Allocated - PageCount.Min(vm.Active, vm.Allocated)),
        ("ballooned", 0.28, vm => vm.Ballooned),
        ("paged out", 0.1, vm => vm.Swapped),
    ];

    /// <summary>A layer for each VM and state, each VM in its colour, paler from active over idle and ballooned to paged out.</summary>
    /// <param name="host">A host that has run.</param>
    /// <param name="everySeconds">The distance of the points.</param>
    /// <returns>The chart.</returns>
    public static GenericChart ByVmAndState(EsxHost host, int everySeconds = 1)
    {
        HostSample[] samples = [.. host.Samples.Where((_, i) => i % everySeconds == 0)];
        double[] minutes = [.. samples.Select(sample => Math.Round(sample.Time.Minutes, 2))];
        GenericChart chart = Together(host.Vms.SelectMany((vm, i) => Parts.Select(part => Plotly.NET.CSharp.Chart.StackedArea<double, double, string>(
            minutes, samples.Select(sample => i < sample.Vms.Length ? Math.Round(part.Pages(sample.Vms[i]).Mebibytes, 3) : 0), Name: part.Strength == 1 ? vm.Name : $"{vm.Name}, {part.Name}",
            ShowMarkers: false, LineWidth: 0, FillColor: Color.fromString(Mixed(Palette[i % Palette.Count], part.Strength)), LineColor: Color.fromString(Mixed(Palette[i % Palette.Count], part.Strength))))));
        foreach ((Trace trace, int i) in GenericChart.getTraces(chart).Select((trace, i) => (trace, i)))
            trace.SetProperty("showlegend", i % Parts.Length == 0);
        return chart.Projected("Each VM's memory, from dark to pale: active, idle, ballooned, paged out", "time, minutes", "MiB");
    }

    /// <summary>What if? A slider over runs that differ in one thing, and what one VM then holds. Needs no kernel.</summary>
    /// <param name="prefix">What stands before the slider's value.</param>
    /// <param name="title">What the picture says.</param>
    /// <param name="vm">Whose memory.</param>
    /// <param name="runs">Each value with the host that ran with it.</param>
    /// <param name="everySeconds">The distance of the points.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WhatIf(string prefix, string title, string vm, IEnumerable<(string Value, EsxHost Host)> runs, int everySeconds = 1)
    {
        (string Value, EsxHost Host)[] all = [.. runs];
        (double Minutes, double Held)[] Points(EsxHost host)
        {
            int index = host.Vms.First(one => one.Name == vm).Id.Value;
            return [.. host.Samples.Where((sample, i) => i % everySeconds == 0 && index < sample.Vms.Length).Select(sample => (Math.Round(sample.Time.Minutes, 2), Math.Round(sample.Vms[index].Allocated.Mebibytes, 2)))];
        }

        return Sliders.Over(prefix, all.Select(run => (run.Value, Plotly.NET.CSharp.Chart.Line<double, double, string>(
                Points(run.Host).Select(point => point.Minutes), Points(run.Host).Select(point => point.Held), Name: run.Value, ShowMarkers: false, LineColor: Color.fromString(Palette[0])))))
            .Projected(title, "time, minutes", $"{vm} holds, MiB")
            .WithFixedY(0, 1.05 * all.Max(run => Points(run.Host).Max(point => point.Held)));
    }

    // On white, so that a pale colour does not take the tint of the layer below.
    private static string Mixed(string colour, double strength) => "#" + string.Concat(Enumerable.Range(0, 3).Select(i =>
    {
        int part = int.Parse(colour.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return $"{(int)Math.Round(255 + strength * (part - 255)):x2}";
    }));
}
