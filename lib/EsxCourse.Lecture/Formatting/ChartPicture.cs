using System.Net;
using System.Text;
using System.Text.Json;

namespace EsxCourse.Lecture.Formatting;

// Draws a chart as a still picture, SVG, for whoever shows a notebook without scripts or without the kit's kernel: a preview, a
// converter, a viewer on the web. It knows what the lecture's charts are made of: lines, areas and columns, stacked or side by
// side, over numbers or names, on one y axis at the left and perhaps one at the right; of a slider the first position. Any other
// kind of chart shows its title and figures as text.

/// <summary>A chart as an SVG picture, from the figure that plotly.js would draw.</summary>
internal static class ChartPicture
{
    private const int Width = 960, Height = 500, Left = 84, Right = 36, Top = 66, Bottom = 110;
    private const int MostTicks = 7;

    /// <summary>One line or row of columns: places on the x axis, heights, and where a stack put its feet.</summary>
    private sealed record Series(string Name, string Colour, bool Columns, bool Filled, bool Line, bool Markers, bool Dashed, bool RightAxis, double[] X, double[] From, double[] To);

    /// <summary>The chart as SVG; null if it is of a kind that this drawing does not know.</summary>
    /// <param name="figure">The figure, as plotly.js takes it.</param>
    public static string? Draw(JsonElement figure)
    {
        JsonElement layout = figure.GetProperty("layout");
        JsonElement[] traces = [.. figure.GetProperty("data").EnumerateArray().Where(trace => !(trace.TryGetProperty("visible", out JsonElement visible) && visible.ValueKind != JsonValueKind.True))];
        if (traces.Length == 0 || traces.Any(trace => Text(trace, "type") is not ("scatter" or "bar" or "scattergl") || Text(trace, "orientation") == "h"))
            return null;
        string[] names = [.. traces.SelectMany(Xs).Where(x => x.ValueKind == JsonValueKind.String).Select(x => x.GetString()!).Distinct()];
        if (names.Length > 0 && traces.SelectMany(Xs).Any(x => x.ValueKind != JsonValueKind.String))
            return null;
        List<Series> all = Gather(traces, layout, names);
        if (all.All(series => series.X.Length == 0))
            return null;

        double columnRoom = all.Any(series => series.Columns) ? 0.5 : 0;
        double[] xs = [.. all.SelectMany(series => series.X)];
        (double From, double To) x = names.Length > 0 ? (-Math.Max(columnRoom, 0.1), names.Length - 1 + Math.Max(columnRoom, 0.1)) : (xs.Min() - columnRoom, Math.Max(xs.Max(), xs.Min() + 1e-9) + columnRoom);
        StringBuilder svg = new($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"15\" fill=\"#1a1a1a\" style=\"max-width:100%;height:auto;background:#fff\">\n");
        svg.Append($"<title>{Escaped(Title(layout))}</title>\n<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        string[] title = Title(layout).Split('\n');
        for (int i = 0; i < title.Length; i++)
            svg.Append($"<text x=\"16\" y=\"{26 + (23 * i)}\" font-size=\"19\">{Escaped(title[i])}</text>\n");

        foreach (bool right in (bool[])[false, true])
            if (all.Where(series => series.RightAxis == right).ToArray() is { Length: > 0 } own)
                DrawAxis(svg, own, x, right, layout);
        DrawX(svg, names, x, layout);
        DrawLegend(svg, all);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Text as a picture, for a chart that cannot be drawn.</summary>
    public static string OfText(string text)
    {
        const int MostLetters = 110;
        string[] lines = [.. text.Split('\n').Select(line => line.Length <= MostLetters ? line : line[..(MostLetters - 1)] + "…")];
        StringBuilder svg = new($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {24 + (22 * lines.Length)}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"15\" fill=\"#1a1a1a\" style=\"max-width:100%;height:auto;background:#fff\">\n");
        for (int i = 0; i < lines.Length; i++)
            svg.Append($"<text x=\"16\" y=\"{26 + (22 * i)}\">{Escaped(lines[i])}</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    private static List<Series> Gather(JsonElement[] traces, JsonElement layout, string[] names)
    {
        bool stackedColumns = Text(layout, "barmode") is "stack" or "relative";
        int columns = traces.Count(trace => Text(trace, "type") == "bar"), column = 0;
        Dictionary<(string Stack, double X), double> feet = [];
        List<Series> all = [];
        foreach ((JsonElement trace, int i) in traces.Select((trace, i) => (trace, i)))
        {
            bool bar = Text(trace, "type") == "bar";
            string stack = bar ? (stackedColumns ? "columns" : "") : Text(trace, "stackgroup");
            double[] y = trace.TryGetProperty("y", out JsonElement values) && values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray().Select(Number)] : [];
            JsonElement[] places = [.. Xs(trace)];
            double[] x = [.. Enumerable.Range(0, y.Length).Select(at => at < places.Length ? (names.Length > 0 ? Array.IndexOf(names, places[at].GetString()) : Number(places[at])) : at)];
            int[] whole = [.. Enumerable.Range(0, y.Length).Where(at => double.IsFinite(x[at]) && double.IsFinite(y[at]))];
            double[] from = new double[whole.Length];
            for (int at = 0; stack.Length > 0 && at < whole.Length; at++)
            {
                from[at] = feet.GetValueOrDefault((stack, x[whole[at]]));
                feet[(stack, x[whole[at]])] = from[at] + y[whole[at]];
            }

            double shift = bar && !stackedColumns && columns > 1 ? 0.8 * (((column++ + 0.5) / columns) - 0.5) : 0;
            string mode = Text(trace, "mode");
            all.Add(new Series(Text(trace, "name"), Colour(trace) ?? LectureChart.Palette[i % LectureChart.Palette.Count], bar, stack.Length > 0 && !bar,
                mode.Length == 0 || mode.Contains("lines", StringComparison.Ordinal), mode.Contains("markers", StringComparison.Ordinal), Inner(trace, "line", "dash") is { Length: > 0 } dash && dash != "solid",
                Text(trace, "yaxis") == "y2", [.. whole.Select(at => x[at] + shift)], from, [.. whole.Select((at, n) => from[n] + y[at])]));
        }

        return all;
    }

    private static void DrawAxis(StringBuilder svg, Series[] own, (double From, double To) x, bool right, JsonElement layout)
    {
        double low = Math.Min(0, own.SelectMany(series => series.To).DefaultIfEmpty().Min()), high = own.SelectMany(series => series.To).DefaultIfEmpty().Max();
        if (layout.TryGetProperty(right ? "yaxis2" : "yaxis", out JsonElement axis) && axis.TryGetProperty("range", out JsonElement range) && range.ValueKind == JsonValueKind.Array && range.GetArrayLength() == 2)
            (low, high) = (Number(range[0]), Number(range[1]));
        double step = Step(high > low ? high - low : 1);
        high = high > low ? Math.Ceiling(high / step) * step : low + step;
        double Y(double value) => Height - Bottom - ((value - low) / (high - low) * (Height - Bottom - Top));
        double X(double value) => Left + ((value - x.From) / (x.To - x.From) * (Width - Left - Right));

        int edge = right ? Width - Right : Left;
        for (double tick = Math.Ceiling(low / step) * step; tick <= high + (step / 1000); tick += step)
        {
            if (!right)
                svg.Append($"<path d=\"M{Left} {Y(tick):0.#}H{Width - Right}\" stroke=\"#d9d9d9\"/>");
            svg.Append($"<text x=\"{edge + (right ? 4 : -8)}\" y=\"{Y(tick) + 5:0.#}\" text-anchor=\"{(right ? "start" : "end")}\">{Label(tick)}</text>\n");
        }

        int middle = (Height - Bottom + Top) / 2;
        svg.Append($"<text transform=\"translate({(right ? Width - 6 : 20)} {middle}) rotate(-90)\" text-anchor=\"middle\">{Escaped(AxisTitle(layout, right ? "yaxis2" : "yaxis"))}</text>\n");
        double width = own.Any(series => series.Columns) ? X(x.From + (0.8 / Math.Max(1, own.Any(series => series.From.Any(foot => foot > 0)) ? 1 : own.Count(series => series.Columns)))) - X(x.From) : 0;
        foreach (Series series in own)
        {
            string line = string.Join('L', series.X.Select((at, i) => $"{X(at):0.#} {Y(series.To[i]):0.#}"));
            if (series.Columns)
                for (int i = 0; i < series.X.Length; i++)
                    svg.Append($"<rect x=\"{X(series.X[i]) - (width / 2):0.#}\" y=\"{Math.Min(Y(series.To[i]), Y(series.From[i])):0.#}\" width=\"{width:0.#}\" height=\"{Math.Abs(Y(series.From[i]) - Y(series.To[i])):0.#}\" fill=\"{series.Colour}\"/>");
            else if (series.Filled)
                svg.Append($"<path d=\"M{line}L{string.Join('L', series.X.Select((at, i) => $"{X(at):0.#} {Y(series.From[i]):0.#}").Reverse())}Z\" fill=\"{series.Colour}\" fill-opacity=\"0.6\"/>");
            if (!series.Columns && series.Line)
                svg.Append($"<path d=\"M{line}\" fill=\"none\" stroke=\"{series.Colour}\" stroke-width=\"3\"{(series.Dashed ? " stroke-dasharray=\"9 6\"" : "")}/>");
            if (!series.Columns && series.Markers)
                for (int i = 0; i < series.X.Length; i++)
                    svg.Append($"<circle cx=\"{X(series.X[i]):0.#}\" cy=\"{Y(series.To[i]):0.#}\" r=\"4\" fill=\"{series.Colour}\"/>");
            svg.Append('\n');
        }
    }

    private static void DrawX(StringBuilder svg, string[] names, (double From, double To) x, JsonElement layout)
    {
        double X(double value) => Left + ((value - x.From) / (x.To - x.From) * (Width - Left - Right));
        int foot = Height - Bottom;
        svg.Append($"<path d=\"M{Left} {Top}V{foot}H{Width - Right}\" fill=\"none\" stroke=\"#1a1a1a\"/>\n");
        double step = names.Length > 0 ? Math.Max(1, Math.Ceiling(names.Length / 12.0)) : Step(x.To - x.From);
        for (double tick = names.Length > 0 ? 0 : Math.Ceiling(x.From / step) * step; tick <= Math.Min(x.To, names.Length > 0 ? names.Length - 1 : x.To) + (step / 1000); tick += step)
            svg.Append($"<text x=\"{X(tick):0.#}\" y=\"{foot + 20}\" text-anchor=\"middle\">{(names.Length > 0 ? Escaped(Short(names[(int)tick])) : Label(tick))}</text>\n");
        svg.Append($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{foot + 46}\" text-anchor=\"middle\">{Escaped(AxisTitle(layout, "xaxis"))}</text>\n");
    }

    private static void DrawLegend(StringBuilder svg, List<Series> all)
    {
        double x = Left, y = Height - 34;
        foreach (Series series in all.Where(series => series.Name.Length > 0))
        {
            double room = 36 + (7.6 * series.Name.Length);
            if (x + room > Width && x > Left)
                (x, y) = (Left, y + 22);
            svg.Append($"<rect x=\"{x:0.#}\" y=\"{y - 11:0.#}\" width=\"14\" height=\"14\" fill=\"{series.Colour}\"/><text x=\"{x + 20:0.#}\" y=\"{y + 1:0.#}\">{Escaped(series.Name)}</text>\n");
            x += room;
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, so that there are at most <see cref="MostTicks"/> ticks.</summary>
    private static double Step(double span)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(span / MostTicks)));
        return ((double[])[1, 2, 5, 10]).Select(times => times * power).First(step => span / step <= MostTicks + 1e-9);
    }

    private static string Label(double tick) => Math.Abs(tick) < 1e-12 ? "0" : Math.Abs(tick) >= 1e6 ? $"{tick:0.###e0}" : $"{tick:#,0.######}";

    private static string Short(string name) => name.Length <= 24 ? name : name[..23] + "…";

    private static IEnumerable<JsonElement> Xs(JsonElement trace) => trace.TryGetProperty("x", out JsonElement x) && x.ValueKind == JsonValueKind.Array ? x.EnumerateArray() : [];

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static string? Colour(JsonElement trace) =>
        ((string[])[Inner(trace, "line", "color"), Inner(trace, "marker", "color"), Text(trace, "fillcolor")]).FirstOrDefault(colour => colour.Length > 0 && colour.All(c => char.IsAsciiLetterOrDigit(c) || "#(), .%".Contains(c)));

    private static string AxisTitle(JsonElement layout, string axis) => layout.TryGetProperty(axis, out JsonElement found) ? Title(found) : "";

    private static string Title(JsonElement of) => of.TryGetProperty("title", out JsonElement title)
        ? (title.ValueKind == JsonValueKind.String ? title.GetString()! : Text(title, "text")).Replace("<br>", "\n", StringComparison.Ordinal) : "";

    private static string Inner(JsonElement of, string key, string inner) => of.TryGetProperty(key, out JsonElement found) && found.ValueKind == JsonValueKind.Object ? Text(found, inner) : "";

    private static string Text(JsonElement of, string key) => of.TryGetProperty(key, out JsonElement found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";

    private static string Escaped(string plain) => WebUtility.HtmlEncode(plain);
}
