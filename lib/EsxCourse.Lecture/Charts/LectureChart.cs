using Plotly.NET;
using Plotly.NET.CSharp;

namespace EsxCourse.Lecture;

// One look for every chart of the lecture: dark on light, large enough for the back row at 1280 x 720, colours that the
// colour-blind can tell apart (Okabe and Ito), a title that says what to see, axes with units, a legend below.
// Plotly.NET's own default template and its fixed 600 x 600 are taken out, so that a chart is as wide as its page.

/// <summary>The look that all charts of the lecture share.</summary>
public static class LectureChart
{
    private const string Ink = "#1a1a1a";
    private const string Grid = "#d9d9d9";

    /// <summary>The palette of Okabe and Ito, in the order in which traces take it: blue, vermilion, green, orange, purple, sky blue, grey.</summary>
    public static IReadOnlyList<string> Palette { get; } = ["#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#666666"];

    /// <summary>Puts several charts into one.</summary>
    /// <param name="charts">The charts; the first lies at the back.</param>
    /// <returns>The combined chart.</returns>
    public static GenericChart Together(params IEnumerable<GenericChart> charts) => Plotly.NET.CSharp.Chart.Combine([.. charts]);

    /// <summary>Gives a chart the lecture's look.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="title">What the picture says, in a sentence.</param>
    /// <param name="x">What the x axis shows, with its unit.</param>
    /// <param name="y">What the y axis shows, with its unit.</param>
    /// <returns>The chart in its new look.</returns>
    public static GenericChart Projected(this GenericChart chart, string title, string x, string y)
    {
        Layout layout = new();
        layout.SetProperty("title", Map(("text", Wrapped(title)), ("font", Map(("size", 24))), ("x", 0.02), ("xanchor", "left")));
        layout.SetProperty("font", Map(("family", "system-ui, sans-serif"), ("size", 18), ("color", Ink)));
        layout.SetProperty("colorway", Palette);
        layout.SetProperty("paper_bgcolor", "#ffffff");
        layout.SetProperty("plot_bgcolor", "#ffffff");
        layout.SetProperty("xaxis", Axis(x));
        layout.SetProperty("yaxis", Axis(y));
        // Names of categories stand below their axis, long ones aslant, where the legend would lie: there it stands above.
        bool hasNames = x.Length == 0;
        layout.SetProperty("legend", hasNames ? Map(("orientation", "h"), ("y", 1), ("yanchor", "bottom")) : Map(("orientation", "h"), ("y", -0.22), ("yanchor", "top")));
        layout.SetProperty("margin", Map(("l", 80), ("r", 24), ("t", hasNames ? 120 : 90), ("b", 80)));
        layout.SetProperty("hovermode", "closest");
        GenericChart changed = chart.With(layout, height: 540);
        GenericChart.getLayout(changed).SetProperty("template", Map(("data", Map(("scatter", new[] { Map(("line", Map(("width", 3))), ("marker", Map(("size", 9)))) })))));
        return changed;
    }

    /// <summary>Holds the y axis still, so that pictures chosen by a slider can be compared.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="from">The lower end.</param>
    /// <param name="to">The upper end.</param>
    /// <returns>The chart with that axis.</returns>
    public static GenericChart WithFixedY(this GenericChart chart, double from, double to)
    {
        Layout layout = GenericChart.getLayout(chart);
        if (layout.TryGetPropertyValue("yaxis") is { } axis && axis.Value is Dictionary<string, object> settings)
            settings["range"] = new[] { from, to };
        return chart;
    }

    /// <summary>The chart as HTML for the body of an <see cref="EsxCourse.Notebooks.HtmlPage"/>, which ships plotly.js itself.</summary>
    /// <param name="chart">The chart.</param>
    /// <returns>An element and the script that draws into it.</returns>
    public static string ToPageHtml(this GenericChart chart) => Formatting.ChartFormatter.ToHtml(chart, EsxCourse.Notebooks.ScriptSource.Page);

    /// <summary>Adds layout that Plotly.NET has no plain C# words for.</summary>
    internal static GenericChart With(this GenericChart chart, Layout layout, int? height = null)
    {
        GenericChart changed = GenericChart.addLayout(layout, chart);
        Layout whole = GenericChart.getLayout(changed);
        whole.RemoveProperty("template");
        whole.RemoveProperty("width");
        whole.RemoveProperty("height");
        if (height is { } pixels)
            whole.SetProperty("height", pixels);
        return GenericChart.setLayout(whole, changed);
    }

    /// <summary>A piece of plotly.js's own vocabulary.</summary>
    internal static Dictionary<string, object> Map(params (string Key, object Value)[] entries) => entries.ToDictionary(entry => entry.Key, entry => entry.Value);

    private static Dictionary<string, object> Axis(string title) => Map(
        ("rangemode", "tozero"),
        ("title", Map(("text", title), ("standoff", 12))), ("gridcolor", Grid), ("zerolinecolor", Grid), ("linecolor", Ink), ("showline", true), ("automargin", true));

    // plotly.js does not break a long title by itself.
    private static string Wrapped(string title)
    {
        const int MaxLine = 64;
        if (title.Length <= MaxLine)
            return title;
        int space = title.LastIndexOf(' ', MaxLine);
        return space < 0 ? title : $"{title[..space]}<br>{title[(space + 1)..]}";
    }
}
