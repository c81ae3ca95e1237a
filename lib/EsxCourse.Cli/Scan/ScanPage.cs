using System.Globalization;
using System.Net;
using System.Text;
using EsxCourse.Lecture;
using EsxCourse.Notebooks;
using EsxCourse.Scan;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Cli.Scan;

/// <summary>A scan's report as a page: the counts as bars, what the parts have in common as a map, the most shared pages as a table.</summary>
internal static class ScanPage
{
    private const double PageMiB = 4096.0 / (1 << 20), LargePageMiB = 2;

    public static HtmlPage Of(ScanReport report)
    {
        StringBuilder body = new();
        body.Append(CultureInfo.InvariantCulture, $"<p>{report.Sources:N0} files and processes, {report.Small.Total * PageMiB:N0} MiB. Of all pages of 4 KiB, <strong>{ScanText.Share(report.Small.Reclaimed, report.Small.Total)}</strong> could be given back by sharing.</p>\n");
        body.Append(Savings(report).ToPageHtml());
        if (report.Pairs.Count > 0)
            body.Append(Common(report).ToPageHtml());
        body.Append("<h2>The most shared pages</h2>\n").Append(Table(
            ["pages", "contents", "sources", "where the first lies in some of them"],
            report.Most.Select(one => (string[])[Number(one.Pages), one.IsZero ? "zeros" : "", $"{Number(one.Sources)}", string.Join("; ", one.Places)])));
        if (report.Problems.Count > 0)
            body.Append("<h2>Not read as it stood</h2>\n").Append(Table(["source", "what happened"], report.Problems.Select(problem => (string[])[problem.Source, problem.What])));
        return new HtmlPage("scan.html", "Content-based sharing on real memory", body.ToString());
    }

    private static GenericChart Savings(ScanReport report)
    {
        string[] sizes = ["4 KiB pages", "2 MiB pages"];
        (PageCounts small, PageCounts large) = (report.Small, report.Large);
        return Together(
                Bars("reclaimed: zeros", Zeros(small) * PageMiB, Zeros(large) * LargePageMiB),
                Bars("reclaimed: other contents", (small.Reclaimed - Zeros(small)) * PageMiB, (large.Reclaimed - Zeros(large)) * LargePageMiB),
                Bars("left", small.Distinct * PageMiB, large.Distinct * LargePageMiB))
            .Projected("Small pages find twins that large pages hide", "size of a page", "memory, MiB");

        GenericChart Bars(string name, params double[] values) => Plotly.NET.CSharp.Chart.StackedColumn<double, string, string>(values, Keys: sizes, Name: name);
        static long Zeros(PageCounts counts) => Math.Max(counts.Zero - 1, 0);
    }

    private static GenericChart Common(ScanReport report)
    {
        string[] parts = [.. report.Parts.Where(part => report.Pairs.Any(pair => pair.First == part || pair.Second == part))];
        string[] names = [.. parts.Select((part, i) => $"{i + 1} {Path.GetFileName(part.TrimEnd('/'))}")];
        Dictionary<(string, string), long> pages = report.Pairs.ToDictionary(pair => (pair.First, pair.Second), pair => pair.Pages);
        double[][] map = [.. parts.Select(first => parts.Select(second =>
            (pages.GetValueOrDefault((first, second)) + pages.GetValueOrDefault((second, first))) * PageMiB).ToArray())];
        GenericChart chart = Plotly.NET.CSharp.Chart.Heatmap<double, string, string, string>(map, X: names, Y: names);
        foreach (Trace trace in GenericChart.getTraces(chart))
            trace.SetProperty("colorscale", new object[] { new object[] { 0, "#ffffff" }, new object[] { 1, Palette[0] } });
        return chart.Projected("What one need not hold because the other does, MiB", "", "");
    }

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        StringBuilder html = new("<div class=\"wide\"><table>\n<thead><tr>");
        foreach (string cell in head)
            html.Append($"<th scope=\"col\">{WebUtility.HtmlEncode(cell)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (string[] row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(cell => $"<td style=\"overflow-wrap: anywhere\">{WebUtility.HtmlEncode(cell)}</td>")).Append("</tr>\n");
        return html.Append("</tbody>\n</table></div>\n").ToString();
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
