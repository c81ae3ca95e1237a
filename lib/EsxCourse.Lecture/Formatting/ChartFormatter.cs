using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EsxCourse.Notebooks;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace EsxCourse.Lecture.Formatting;

// Shows a Plotly.NET chart as the value of a cell: what Plotly.NET.Interactive did, without a CDN.
//
//   text/html                          a <div class="esx-chart"> and a script that draws into it
//   application/vnd.plotly.v1+json     the figure, for a client that draws charts by itself
//   text/plain                         the title, for a client without either
//
// A page that the kit exports ships plotly.js once, and says so by the environment variable; in any other client the first chart
// of a session brings it along, once.

/// <summary>Writes charts as HTML that needs no network.</summary>
internal static class ChartFormatter
{
    public const string PlotlyMimeType = "application/vnd.plotly.v1+json";

    // On a narrow page, a phone's, the type shrinks and the title is broken into more lines; plotly.js does neither by itself.
    private const string Draw = """
        (function(data, layout, id) {
          var place = document.getElementById(id), narrow = place.clientWidth < 600;
          if (narrow && layout.title && layout.title.text) {
            var lines = [''];
            layout.title.text.replace(/<br>/g, ' ').split(' ').forEach(function(word) {
              if ((lines[lines.length - 1] + ' ' + word).length > place.clientWidth / 9) lines.push('');
              lines[lines.length - 1] = (lines[lines.length - 1] + ' ' + word).trim();
            });
            layout.title.text = lines.join('<br>');
            layout.title.font = {size: 15};
            layout.font.size = 12;
            layout.margin = {l: 50, r: 10, t: 40 + 20 * lines.length, b: 60};
          }
          Plotly.newPlot(place, data, layout, {responsive: true, displaylogo: false, displayModeBar: narrow ? false : undefined});
        })
        """;

    private static int charts;
    private static int scriptSent;

    public static void Register()
    {
        Formatter.Register<GenericChart>(chart => ToHtml(chart, NeedsScript()), HtmlFormatter.MimeType);
        Formatter.Register<GenericChart>(GenericChart.toFigureJson, PlotlyMimeType);
        Formatter.Register<GenericChart>(chart => $"Chart: {Title(Figure(chart))}", PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), HtmlFormatter.MimeType, PlotlyMimeType);
    }

    /// <summary>The chart as HTML.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="withScript">Whether to bring plotly.js along.</param>
    internal static string ToHtml(GenericChart chart, bool withScript)
    {
        JsonElement figure = Figure(chart);
        string data = ForScript(figure.GetProperty("data")), layout = ForScript(figure.GetProperty("layout"));
        string id = $"esx-chart-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..8]}-{Interlocked.Increment(ref charts)}";
        StringBuilder html = new();
        if (withScript)
            html.Append(OfflineScripts.Plotly.InlineElement()).Append('\n');
        html.Append($"<div class=\"esx-chart\" id=\"{id}\" role=\"figure\" aria-label=\"{System.Net.WebUtility.HtmlEncode(Title(figure))}\" style=\"min-height:30rem\"></div>\n");
        html.Append($"<script>{Draw}\n({data}, {layout}, \"{id}\");</script>\n");
        return html.ToString();
    }

    private static bool NeedsScript() =>
        !OfflineScripts.PageShipsThem && Interlocked.Exchange(ref scriptSent, 1) == 0;

    private static JsonElement Figure(GenericChart chart)
    {
        using JsonDocument document = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        return document.RootElement.Clone();
    }

    private static string Title(JsonElement figure) =>
        figure.GetProperty("layout").TryGetProperty("title", out JsonElement title) && title.TryGetProperty("text", out JsonElement text) ? text.GetString() ?? "" : "without a title";

    // A text in the figure must not end the script that holds it.
    private static string ForScript(JsonElement json) => json.GetRawText().Replace("</", "<\\/", StringComparison.Ordinal);
}
