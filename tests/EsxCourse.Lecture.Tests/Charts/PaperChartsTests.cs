using System.Text.Json;
using EsxCourse.Experiments;
using Plotly.NET;

namespace EsxCourse.Lecture.Tests.Charts;

/// <summary>Published curves lie dotted under the simulated ones, in their colour.</summary>
public sealed class PaperChartsTests
{
    [Fact]
    public void A_published_curve_is_dotted_below_the_simulated_one_of_its_name()
    {
        ExperimentResult result = new(Paper.Find("fig7"), [], [
            new ResultSeries("Linux", false, [0, 1], [1, 2]),
            new ResultSeries("published: Linux", true, [0, 1], [1, 3]),
        ], []);
        JsonElement data = JsonDocument.Parse(GenericChart.toFigureJson(PaperCharts.PublishedAndSimulated(result))).RootElement.GetProperty("data");
        Assert.Equal(["published: Linux", "Linux"], data.EnumerateArray().Select(t => t.GetProperty("name").GetString()!));
        Assert.Equal(["dot", "solid"], data.EnumerateArray().Select(t => t.GetProperty("line").GetProperty("dash").GetString()!));
        Assert.Single(data.EnumerateArray().Select(t => t.GetProperty("line").GetProperty("color").GetString()).Distinct());
    }
}
