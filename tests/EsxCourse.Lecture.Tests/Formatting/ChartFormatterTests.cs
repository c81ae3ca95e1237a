using System.Text.Json;
using EsxCourse.Lecture.Formatting;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace EsxCourse.Lecture.Tests.Formatting;

public sealed class ChartFormatterTests
{
    private static GenericChart Example(string name = "a line") =>
        LectureChart.Together(Plotly.NET.CSharp.Chart.Line<double, double, string>([0.0, 1.0, 2.0], [4.0, 5.0, 7.0], Name: name)).Projected("A title", "time, s", "pages");

    [Fact]
    public void A_chart_shows_as_HTML_that_draws_itself()
    {
        string html = ChartFormatter.ToHtml(Example(), withScript: false);
        Assert.Contains("class=\"esx-chart\"", html, StringComparison.Ordinal);
        Assert.Contains("Plotly.newPlot(", html, StringComparison.Ordinal);
        Assert.Contains("[4.0,5.0,7.0]", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_no_network_for_anything()
    {
        string html = ChartFormatter.ToHtml(Example(), withScript: false);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("require", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_client_without_the_script_gets_it_with_the_chart() =>
        Assert.True(ChartFormatter.ToHtml(Example(), withScript: true).Length > ChartFormatter.ToHtml(Example(), withScript: false).Length + 3_000_000);

    [Fact]
    public void A_name_cannot_end_the_script_that_holds_it() =>
        Assert.DoesNotContain("</script><b>", ChartFormatter.ToHtml(Example("</script><b>"), withScript: false), StringComparison.Ordinal);

    [Fact]
    public void Two_charts_of_the_same_data_have_two_names() =>
        Assert.NotEqual(ChartFormatter.ToHtml(Example(), withScript: false), ChartFormatter.ToHtml(Example(), withScript: false));

    [Fact]
    public void The_figure_is_there_for_clients_that_draw_by_themselves()
    {
        Kit.Start();
        using JsonDocument figure = JsonDocument.Parse(Example().ToDisplayString(ChartFormatter.PlotlyMimeType));
        Assert.Equal(7, figure.RootElement.GetProperty("data")[0].GetProperty("y")[2].GetDouble());
    }

    [Fact]
    public void Loading_the_kit_is_enough_for_a_chart_to_show() =>
        Assert.Contains("esx-chart", Example().ToDisplayString(HtmlFormatter.MimeType), StringComparison.Ordinal);

    [Fact]
    public void A_client_with_text_only_reads_the_title() => Assert.Equal("Chart: A title", Example().ToDisplayString(PlainTextFormatter.MimeType));
}
