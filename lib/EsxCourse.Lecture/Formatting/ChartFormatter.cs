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
//   image/svg+xml                      a still picture, for a client without scripts; the HTML shows it too until the chart is drawn
//   text/plain                         title, axes and figures as a table, for a client without pictures
//
// Where plotly.js comes from, OfflineScripts.Source says: the page, the Jupyter server, or the first chart of a session.

/// <summary>Writes charts as HTML that needs no network.</summary>
internal static class ChartFormatter
{
    public const string PlotlyMimeType = "application/vnd.plotly.v1+json";
    public const string SvgMimeType = "image/svg+xml";

    private static readonly Lazy<string> Draw = new(() => EmbeddedText.Read("draw-chart.js"));

    private static int charts;
    private static readonly FirstChart Session = new();

    public static void Register()
    {
        Formatter.Register<GenericChart>(chart => ToHtml(chart, OfflineScripts.Source), HtmlFormatter.MimeType);
        Formatter.Register<GenericChart>(GenericChart.toFigureJson, PlotlyMimeType);
        Formatter.Register<GenericChart>(chart => ChartPicture.Draw(Figure(chart)) ?? ChartPicture.OfText(ChartText.Write(Figure(chart))), SvgMimeType);
        Formatter.Register<GenericChart>(chart => ChartText.Write(Figure(chart)), PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), HtmlFormatter.MimeType, PlotlyMimeType, SvgMimeType, PlainTextFormatter.MimeType);
    }

    /// <summary>The chart as HTML.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="source">Where the page that shows it finds plotly.js.</param>
    /// <param name="first">Knows whether this is the first chart of a session; null for the session of this process.</param>
    internal static string ToHtml(GenericChart chart, ScriptSource source, FirstChart? first = null)
    {
        JsonElement figure = Figure(chart);
        string data = ForScript(figure.GetProperty("data")), layout = ForScript(figure.GetProperty("layout"));
        string id = $"esx-chart-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..8]}-{Interlocked.Increment(ref charts)}";
        StringBuilder html = new();
        if (source == ScriptSource.Output && (first ?? Session).Comes())
            html.Append(OfflineScripts.Plotly.InlineElement()).Append('\n');
        string still = source == ScriptSource.Server ? ChartPicture.Draw(figure) ?? ChartPicture.OfText(ChartText.Write(figure)) : "";
        string draw = $"{Draw.Value.TrimEnd()}\n({data}, {layout}, \"{id}\");";
        html.Append($"<div class=\"esx-chart\" id=\"{id}\" role=\"figure\" aria-label=\"{System.Net.WebUtility.HtmlEncode(ChartText.Title(figure))}\" style=\"min-height:30rem\">{still}</div>\n");
        html.Append(source == ScriptSource.Server ? OfflineScripts.Plotly.LoadingElement(draw) : $"<script>{draw}</script>").Append('\n');
        return html.ToString();
    }

    private static JsonElement Figure(GenericChart chart)
    {
        using JsonDocument document = JsonDocument.Parse(GenericChart.toFigureJson(chart));
        return document.RootElement.Clone();
    }

    // A text in the figure must not end the script that holds it.
    private static string ForScript(JsonElement json) => json.GetRawText().Replace("</", "<\\/", StringComparison.Ordinal);
}

/// <summary>Whether the first chart of a session has been shown, which is the one that brings plotly.js.</summary>
internal sealed class FirstChart
{
    private int come;

    /// <summary>Whether the chart that comes now is the first.</summary>
    public bool Comes() => Interlocked.Exchange(ref come, 1) == 0;
}
