using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>What-if charts that work without a kernel: every picture is in the page, and a slider shows one of them.</summary>
public static class Sliders
{
    /// <summary>One chart of many, chosen by a slider.</summary>
    /// <param name="prefix">What stands before the slider's value, for example <c>τ = </c>.</param>
    /// <param name="pictures">Each value with its picture; a picture is one trace.</param>
    /// <returns>The chart, with the first picture showing.</returns>
    public static GenericChart Over(string prefix, IEnumerable<(string Value, GenericChart Picture)> pictures)
    {
        (string Value, GenericChart Picture)[] all = [.. pictures];
        GenericChart together = Together(all.Select(one => one.Picture));
        foreach ((Trace trace, int i) in GenericChart.getTraces(together).Select((trace, i) => (trace, i)))
        {
            trace.SetProperty("visible", i == 0);
            trace.SetProperty("showlegend", false);
        }

        object[] steps =
        [
            .. all.Select((one, chosen) => Map(
                ("label", one.Value),
                ("method", "restyle"),
                ("args", new object[] { "visible", all.Select((_, i) => i == chosen).ToArray() }))),
        ];
        Layout layout = new();
        layout.SetProperty("sliders", new object[]
        {
            Map(("active", 0), ("currentvalue", Map(("prefix", prefix), ("font", Map(("size", 20))))), ("pad", Map(("t", 60))), ("steps", steps)),
        });
        return together.With(layout);
    }
}
