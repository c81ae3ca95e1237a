using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>Policies side by side: the same load under each, measured against the first.</summary>
public static class PolicyCharts
{
    /// <summary>A group of columns for each measure, a column for each policy.</summary>
    /// <typeparam name="T">What a policy's run is.</typeparam>
    /// <param name="title">What the picture says.</param>
    /// <param name="runs">The policies with their runs; the first is the one that others are measured against.</param>
    /// <param name="measures">What is measured, each above 0 in the first run.</param>
    /// <returns>The chart, in percent of the first policy.</returns>
    public static GenericChart Compared<T>(string title, IReadOnlyList<(string Policy, T Run)> runs, params (string Name, Func<T, double> Of)[] measures) =>
        Together(runs.Select((run, i) => Plotly.NET.CSharp.Chart.Column<double, string, string>(
                measures.Select(measure => 100 * measure.Of(run.Run) / measure.Of(runs[0].Run)), Keys: measures.Select(measure => measure.Name).ToArray(),
                Name: run.Policy, MarkerColor: Color.fromString(Palette[i % Palette.Count]))))
            .Projected(title, "", $"% of \"{runs[0].Policy}\"");

    /// <summary>Counts side by side: a group of columns for each kind, a column for each system.</summary>
    /// <param name="title">What the picture says.</param>
    /// <param name="y">What is counted.</param>
    /// <param name="systems">The systems.</param>
    /// <param name="kinds">Each kind with its counts, one for each system.</param>
    /// <returns>The chart.</returns>
    public static GenericChart Counted(string title, string y, IReadOnlyList<string> systems, IReadOnlyList<(string Kind, IEnumerable<double> Counts)> kinds) =>
        Together(systems.Select((system, i) => Plotly.NET.CSharp.Chart.Column<double, string, string>(
                kinds.Select(kind => kind.Counts.ElementAt(i)), Keys: kinds.Select(kind => kind.Kind).ToArray(), Name: system, MarkerColor: Color.fromString(Palette[i % Palette.Count]))))
            .Projected(title, "", y);

    /// <summary>The counts of systems, and a slider over what they depend on. Needs no kernel.</summary>
    /// <param name="prefix">What stands before the slider's value.</param>
    /// <param name="title">What the picture says.</param>
    /// <param name="y">What is counted.</param>
    /// <param name="systems">The systems.</param>
    /// <param name="runs">Each value with its counts, one for each system.</param>
    /// <returns>The chart.</returns>
    public static GenericChart CountedOver(string prefix, string title, string y, string[] systems, IEnumerable<(string Value, IEnumerable<double> Counts)> runs)
    {
        (string Value, double[] Counts)[] all = [.. runs.Select(run => (run.Value, run.Counts.ToArray()))];
        return Sliders.Over(prefix, all.Select(run => (run.Value, Plotly.NET.CSharp.Chart.Column<double, string, string>(
                run.Counts, Keys: systems, Name: run.Value, MarkerColor: Color.fromColors(systems.Select((_, i) => Color.fromString(Palette[i % Palette.Count])))))))
            .Projected(title, "", y)
            .WithFixedY(0, 1.05 * all.Max(run => run.Counts.Max()));
    }
}
