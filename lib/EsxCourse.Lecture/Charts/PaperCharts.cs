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
}
