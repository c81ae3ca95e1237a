using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using EsxCourse.Lecture.Formatting;
using Plotly.NET;

namespace EsxCourse.Lecture.Tests.Formatting;

/// <summary>The still picture of a chart: well-formed, and every value where the axes say that it is.</summary>
public sealed class ChartPictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static XElement? Draw(GenericChart chart)
    {
        using JsonDocument figure = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        return ChartPicture.Draw(figure.RootElement) is { } svg ? XElement.Parse(svg) : null;
    }

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static XElement[] Columns(XElement svg) => [.. svg.Elements(Svg + "rect").Where(rect => Number(rect, "width") is > 14 and < 900 && Number(rect, "height") > 14)];

    [Fact]
    public void Columns_are_as_high_as_their_values()
    {
        XElement svg = Draw(Plotly.NET.CSharp.Chart.Column<double, string, string>([10.0, 20.0, 40.0], Keys: (string[])["a", "b", "c"]).Projected("Columns", "step", "pages"))!;
        double[] heights = [.. Columns(svg).Select(rect => Number(rect, "height"))];
        Assert.Equal(3, heights.Length);
        Assert.Equal(heights[0] * 2, heights[1], 0.3);
        Assert.Equal(heights[0] * 4, heights[2], 0.3);
    }

    [Fact]
    public void Stacked_columns_stand_on_each_other()
    {
        string[] steps = ["a", "b"];
        XElement svg = Draw(LectureChart.Together(
            Plotly.NET.CSharp.Chart.StackedColumn<double, string, string>([10.0, 20.0], Keys: steps, Name: "one"),
            Plotly.NET.CSharp.Chart.StackedColumn<double, string, string>([30.0, 5.0], Keys: steps, Name: "two")).Projected("Stacks", "step", "pages"))!;
        XElement[] columns = Columns(svg);
        Assert.Equal(4, columns.Length);
        Assert.Equal(Number(columns[0], "y"), Number(columns[2], "y") + Number(columns[2], "height"), 0.3);
        Assert.Equal(Number(columns[0], "x"), Number(columns[2], "x"));
    }

    [Fact]
    public void A_line_rises_with_its_values_and_its_title_axes_and_legend_are_there()
    {
        XElement svg = Draw(Plotly.NET.CSharp.Chart.Line<double, double, string>([0.0, 1.0, 2.0], [0.0, 50.0, 100.0], Name: "the balloon").Projected("A <title>", "time, s", "pages"))!;
        string line = svg.Elements(Svg + "path").Single(path => path.Attribute("stroke-width")?.Value == "3").Attribute("d")!.Value;
        double[] heights = [.. line.TrimStart('M').Split('L').Select(point => double.Parse(point.Split(' ')[1], CultureInfo.InvariantCulture))];
        Assert.Equal(heights[0] - heights[1], heights[1] - heights[2], 0.3);
        Assert.True(heights[0] > heights[2] + 100);
        string[] texts = [.. svg.Elements(Svg + "text").Select(text => text.Value)];
        foreach (string expected in (string[])["A <title>", "time, s", "pages", "the balloon", "0", "100"])
            Assert.Contains(expected, texts);
    }

    [Fact]
    public void A_chart_of_an_unknown_kind_is_said_in_text()
    {
        GenericChart pie = Plotly.NET.CSharp.Chart.Pie<double, string, string>([1.0, 2.0]);
        Assert.Null(Draw(pie));
        Assert.Contains("Chart: ", XElement.Parse(ChartPicture.OfText("Chart: <a>\nline")).Value, StringComparison.Ordinal);
    }
}
