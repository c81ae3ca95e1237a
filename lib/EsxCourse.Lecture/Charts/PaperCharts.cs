using EsxCourse.Experiments;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>The paper's figures: what it published, dotted, under what the memory manager did.</summary>
public static class PaperCharts
{
    /// <summary>All curves of an experiment. A published curve and the simulated one of the same name have one colour.</summary>
    /// <param name="result">What came of the experiment.</param>
    /// <returns>The chart.</returns>
    public static GenericChart PublishedAndSimulated(ExperimentResult result)
    {
        // Published curves are drawn first and so lie below.
        ResultSeries[] series = [.. result.Series.OrderBy(s => s.IsPublished ? 0 : 1)];
        GenericChart chart = Together(series.Select(s => Plotly.NET.CSharp.Chart.Line<double, double, string>(s.X, s.Y, Name: s.Name, ShowMarkers: s.X.Length < 20)));
        Trace[] traces = [.. GenericChart.getTraces(chart)];
        List<string> colours = [];
        for (int i = 0; i < series.Length; i++)
        {
            string curve = series[i].Name.Replace("published: ", "", StringComparison.Ordinal);
            if (!colours.Contains(curve))
                colours.Add(curve);
            traces[i].SetProperty("line", Map(
                ("dash", series[i].IsPublished ? "dot" : "solid"), ("width", 3), ("color", Palette[colours.IndexOf(curve) % Palette.Count])));
        }

        return chart.Projected(result.Experiment.Title, result.Experiment.XAxis, result.Experiment.YAxis);
    }

    /// <summary>What if a constant were another? A slider over runs of one experiment, and one simulated curve of each. Needs no kernel.</summary>
    /// <param name="prefix">What stands before the slider's value.</param>
    /// <param name="title">What the picture says.</param>
    /// <param name="curve">The name of the curve.</param>
    /// <param name="runs">Each value with its result.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WhatIf(string prefix, string title, string curve, IEnumerable<(string Value, ExperimentResult Result)> runs)
    {
        (string Value, ResultSeries Series, Experiment Experiment)[] all = [.. runs.Select(run => (run.Value, run.Result.Series.First(s => !s.IsPublished && s.Name == curve), run.Result.Experiment))];
        return Sliders.Over(prefix, all.Select(run => (run.Value, Plotly.NET.CSharp.Chart.Line<double, double, string>(run.Series.X, run.Series.Y, Name: run.Value, ShowMarkers: false, LineColor: Color.fromString(Palette[0])))))
            .Projected(title, all[0].Experiment.XAxis, all[0].Experiment.YAxis)
            .WithFixedY(0, 1.05 * all.Max(run => run.Series.Y.Max()));
    }
}
