using System.Text.Json;
using Plotly.NET;

namespace EsxCourse.Lecture.Tests.Charts;

/// <summary>Curves of a lecture's own measurements.</summary>
public sealed class SeriesChartsTests
{
    private static JsonElement Figure(GenericChart chart) => JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement;

    [Fact]
    public void Each_curve_has_its_name_its_points_and_a_dash_of_its_own()
    {
        JsonElement figure = Figure(SeriesCharts.Lines("Two curves", "x, s", "y, MiB", new ChartSeries("one", [(1, 2), (3, 4)]), new ChartSeries("two", [(1, 5)])));
        JsonElement data = figure.GetProperty("data");
        Assert.Equal(["one", "two"], data.EnumerateArray().Select(trace => trace.GetProperty("name").GetString()));
        Assert.Equal([2.0, 4.0], data[0].GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
        Assert.NotEqual(data[0].GetProperty("line").GetProperty("dash").GetString(), data[1].GetProperty("line").GetProperty("dash").GetString());
        Assert.Equal("y, MiB", figure.GetProperty("layout").GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString());
    }

    [Fact]
    public void The_slider_keeps_the_axis_of_the_highest_curve()
    {
        JsonElement figure = Figure(SeriesCharts.WhatIf("n: ", "What if", "x", "y", [("1", [(0, 10)]), ("2", [(0, 200)])]));
        Assert.Equal([true, false], figure.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("visible").GetBoolean()));
        Assert.Equal([0.0, 210.0], figure.GetProperty("layout").GetProperty("yaxis").GetProperty("range").EnumerateArray().Select(end => end.GetDouble()));
    }
}
