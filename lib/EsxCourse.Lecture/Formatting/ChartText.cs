using System.Text;
using System.Text.Json;

namespace EsxCourse.Lecture.Formatting;

/// <summary>A chart as text: its title, its axes, and of each trace what it goes through. For consoles, search and whoever cannot see.</summary>
internal static class ChartText
{
    private const int MostPoints = 12;

    public static string Title(JsonElement figure) => Inner(figure.GetProperty("layout"), "title") is { Length: > 0 } title ? title : "without a title";

    public static string Write(JsonElement figure)
    {
        JsonElement layout = figure.GetProperty("layout");
        StringBuilder text = new($"Chart: {Title(figure)}");
        string x = AxisTitle(layout, "xaxis"), y = AxisTitle(layout, "yaxis");
        if (x.Length + y.Length > 0)
            text.Append($"\n{(y.Length > 0 ? y : "value")} over {(x.Length > 0 ? x : "place")}");
        foreach (JsonElement trace in figure.GetProperty("data").EnumerateArray())
            if (!(trace.TryGetProperty("visible", out JsonElement visible) && visible.ValueKind != JsonValueKind.True))
                Append(text, trace);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement trace)
    {
        string[] xs = Values(trace, "x"), ys = Values(trace, "y");
        if (ys.Length == 0 || trace.TryGetProperty("z", out _))
            return;
        text.Append($"\n  {(trace.TryGetProperty("name", out JsonElement name) ? name.ToString() : "values")}: ");
        // Of many points every so-manieth, the last always.
        int every = Math.Max(1, (int)Math.Ceiling(ys.Length / (double)MostPoints));
        int[] shown = [.. Enumerable.Range(0, ys.Length).Where(i => i % every == 0 || i == ys.Length - 1)];
        text.AppendJoin(", ", shown.Select(i => $"{(i < xs.Length ? xs[i] : i)} → {ys[i]}"));
        if (every > 1)
            text.Append($" ({ys.Length} points)");
    }

    private static string[] Values(JsonElement trace, string key) => trace.TryGetProperty(key, out JsonElement values) && values.ValueKind == JsonValueKind.Array
        ? [.. values.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? $"{value.GetDouble():0.####}" : value.ToString())] : [];

    private static string AxisTitle(JsonElement layout, string axis) => layout.TryGetProperty(axis, out JsonElement found) ? Inner(found, "title") : "";

    private static string Inner(JsonElement of, string key) => of.TryGetProperty(key, out JsonElement title)
        ? (title.ValueKind == JsonValueKind.String ? title.GetString()! : title.TryGetProperty("text", out JsonElement text) ? text.GetString() ?? "" : "").Replace("<br>", " ", StringComparison.Ordinal) : "";
}
