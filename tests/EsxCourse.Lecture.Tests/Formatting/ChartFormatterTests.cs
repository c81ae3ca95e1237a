using System.Text.Json;
using EsxCourse.Lecture.Formatting;
using EsxCourse.Notebooks;
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
        string html = ChartFormatter.ToHtml(Example(), ScriptSource.Page);
        Assert.Contains("class=\"esx-chart\"", html, StringComparison.Ordinal);
        Assert.Contains("Plotly.newPlot(", html, StringComparison.Ordinal);
        Assert.Contains("[4.0,5.0,7.0]", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_no_network_for_anything()
    {
        string html = ChartFormatter.ToHtml(Example(), ScriptSource.Page);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("require", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void In_a_kernel_that_is_not_ours_the_first_chart_brings_the_script_and_no_other_does()
    {
        FirstChart session = new();
        int[] sizes = [.. Enumerable.Range(0, 3).Select(_ => ChartFormatter.ToHtml(Example(), ScriptSource.Output, session).Length)];
        Assert.True(sizes[0] > 3_000_000 && sizes.Skip(1).All(size => size < 10_000), string.Join(", ", sizes));
    }

    [Fact]
    public void Under_a_Jupyter_server_no_chart_carries_the_script_and_each_shows_a_picture_until_it_is_drawn()
    {
        string html = ChartFormatter.ToHtml(Example(), ScriptSource.Server);
        Assert.True(html.Length < 20_000, $"{html.Length}");
        Assert.Contains("'kernelspecs/'", html, StringComparison.Ordinal);
        Assert.Contains($"'{OfflineScripts.Plotly.FileName}'", html, StringComparison.Ordinal);
        Assert.Matches("(?s)<div class=\"esx-chart\"[^>]*><svg.*A title.*</svg>\\s*</div>", html);
    }

    [Fact]
    public void A_name_cannot_end_the_script_that_holds_it() =>
        Assert.DoesNotContain("</script><b>", ChartFormatter.ToHtml(Example("</script><b>"), ScriptSource.Page), StringComparison.Ordinal);

    [Fact]
    public void Two_charts_of_the_same_data_have_two_names() =>
        Assert.NotEqual(ChartFormatter.ToHtml(Example(), ScriptSource.Page), ChartFormatter.ToHtml(Example(), ScriptSource.Page));

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
    public void A_client_with_text_only_reads_title_axes_and_figures() =>
        Assert.Equal("Chart: A title\npages over time, s\n  a line: 0 → 4, 1 → 5, 2 → 7", Example().ToDisplayString(PlainTextFormatter.MimeType));

    [Fact]
    public void A_chart_offers_HTML_figure_picture_and_text() =>
        Assert.Equal([HtmlFormatter.MimeType, ChartFormatter.PlotlyMimeType, ChartFormatter.SvgMimeType, PlainTextFormatter.MimeType], Formatter.GetPreferredMimeTypesFor(typeof(GenericChart)));
}
