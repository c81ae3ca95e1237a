using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>One curve: a name for the legend, and points.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Points">The points, from left to right.</param>
public sealed record ChartSeries(string Name, IEnumerable<(double X, double Y)> Points);

/// <summary>Curves of whatever a lecture measured itself: copies on write by share of writes, pages by cache ways, faults by threshold.</summary>
public static class SeriesCharts
{
    /// <summary>Several curves in one picture.</summary>
    /// <param name="title">What the picture says.</param>
    /// <param name="x">What the x axis shows, with its unit.</param>
    /// <param name="y">What the y axis shows, with its unit.</param>
    /// <param name="series">The curves; they differ in colour and in dash, for those who do not see colours.</param>
    /// <returns>The chart.</returns>
    public static GenericChart Lines(string title, string x, string y, params IEnumerable<ChartSeries> series) =>
        Together(series.Select((one, i) => Line(one.Name, one.Points, i))).Projected(title, x, y);

    /// <summary>What if one thing were otherwise? A slider over curves, on axes that stay. Needs no kernel.</summary>
    /// <param name="prefix">What stands before the slider's value.</param>
    /// <param name="title">What the picture says.</param>
    /// <param name="x">What the x axis shows, with its unit.</param>
    /// <param name="y">What the y axis shows, with its unit.</param>
    /// <param name="runs">Each value of the slider with its curve.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WhatIf(string prefix, string title, string x, string y, IEnumerable<(string Value, IEnumerable<(double X, double Y)> Points)> runs)
    {
        (string Value, (double X, double Y)[] Points)[] all = [.. runs.Select(run => (run.Value, run.Points.ToArray()))];
        double highest = all.SelectMany(run => run.Points).Select(point => point.Y).DefaultIfEmpty(1).Max();
        return Sliders.Over(prefix, all.Select(run => (run.Value, Line(run.Value, run.Points, 0)))).Projected(title, x, y).WithFixedY(0, highest * 1.05);
    }

    private static GenericChart Line(string name, IEnumerable<(double X, double Y)> points, int at)
    {
        (double X, double Y)[] all = [.. points];
        GenericChart line = Plotly.NET.CSharp.Chart.Line<double, double, string>(all.Select(point => point.X), all.Select(point => Math.Round(point.Y, 3)), Name: name, ShowMarkers: all.Length <= Marked);
        string[] dashes = ["solid", "dash", "dot", "dashdot"];
        foreach (Trace trace in GenericChart.getTraces(line))
            trace.SetProperty("line", Map(("color", Palette[at % Palette.Count]), ("dash", dashes[at % dashes.Length]), ("width", 4)));
        return line;
    }

    /// <summary>Curves of few points show them: what was measured, and what is only a line between.</summary>
    private const int Marked = 20;
}
