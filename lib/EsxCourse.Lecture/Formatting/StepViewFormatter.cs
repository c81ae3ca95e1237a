using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;

namespace EsxCourse.Lecture.Formatting;

// Writes a step view as HTML that plays by itself: style, data and script are in the output, some kilobytes, so that it works in
// any client, without a network and without a kernel. The data are the changes from one moment to the next. Whoever cannot or does
// not want to play reads the list of moments under it.

internal static class StepViewFormatter
{
    private static readonly Lazy<string> Style = new(() => EmbeddedText.Read("step-view.css"));
    private static readonly Lazy<string> Script = new(() => EmbeddedText.Read("step-view.js"));

    // Drawn, not written: few fonts have signs for all five.
    private static readonly (string Name, string Path, string Label)[] Buttons =
    [
        ("first", "M2 2h2v12H2zM14 2v12L5 8z", "First moment"),
        ("back", "M11 2l2 2-4 4 4 4-2 2-6-6z", "Step back"),
        ("play", "M4 2l10 6-10 6z", "Play"),
        ("next", "M5 2l-2 2 4 4-4 4 2 2 6-6z", "Step forward"),
        ("last", "M12 2h2v12h-2zM2 2v12l9-6z", "Last moment"),
    ];

    private static int views;

    public static void Register()
    {
        Formatter.Register<StepView>(view => ToHtml(view), HtmlFormatter.MimeType);
        Formatter.Register<StepView>(view => view.ToString(), PlainTextFormatter.MimeType);
    }

    internal static string ToHtml(StepView view)
    {
        string id = $"esx-steps-{Interlocked.Increment(ref views).ToString(CultureInfo.InvariantCulture)}-{Math.Abs(view.Title.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter))):x}";
        StringBuilder html = new();
        html.Append($"<style>\n{Style.Value}</style>\n")
            .Append($"<div class=\"esx-steps\" id=\"{id}\" role=\"group\" tabindex=\"0\" aria-label=\"{Text(view.Title)}: step view; arrow keys step, space plays\">\n")
            .Append($"<p class=\"esx-title\">{Text(view.Title)}</p>\n<div class=\"esx-bar\">");
        foreach ((string name, string path, string label) in Buttons)
            html.Append($"<button type=\"button\" class=\"esx-{name}\" aria-label=\"{label}\"><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"{path}\"/></svg></button>");
        html.Append("<input type=\"range\" class=\"esx-slider\" min=\"0\" value=\"0\" aria-label=\"Moment\"><span class=\"esx-place\"></span></div>\n")
            .Append($"<p class=\"esx-caption\" aria-live=\"polite\">{Text(view.Frames[0].Caption)}</p>\n")
            .Append("<div class=\"esx-grids\"></div>\n<div class=\"esx-moment\"></div>\n<ul class=\"esx-changes\"></ul>\n<ul class=\"esx-legend\" aria-label=\"Legend\"></ul>\n")
            .Append("<details><summary>All moments as a list</summary><ol>");
        foreach (StepFrame frame in view.Frames)
            html.Append($"<li>{Text(frame.Caption)}</li>");
        html.Append("</ol></details>\n</div>\n")
            .Append($"<script>\n{Script.Value.TrimEnd()}(document.getElementById(\"{id}\"), {Data(view)});\n</script>\n");
        return html.ToString();
    }

    /// <summary>The moments as the script wants them: kinds, grids, and for each moment what changed.</summary>
    internal static string Data(StepView view)
    {
        StepKind[] kinds = [.. view.Legend];
        object[] frames = new object[view.Frames.Length];
        for (int at = 0; at < frames.Length; at++)
        {
            StepFrame frame = view.Frames[at];
            StepFrame? before = at > 0 ? view.Frames[at - 1] : null;
            frames[at] = new
            {
                c = frame.Caption,
                g = frame.Grids.Select((grid, g) => grid.Cells
                    .Select((cell, i) => (cell, i))
                    .Where(one => before is null || before.Grids[g].Cells[one.i] != one.cell)
                    .Select(one => new object[] { one.i, Array.IndexOf(kinds, one.cell.Kind), one.cell.Label })),
                t = frame.Table is { } table ? TableFormatter.ToHtml(table) : null,
            };
        }

        // The default encoder escapes '<', so no text in it can end the script that holds it.
        return JsonSerializer.Serialize(new
        {
            kinds = kinds.Select(kind => new[] { kind.Letter.ToString(), kind.Name, kind.Colour, InkOn(kind.Colour) }),
            grids = view.Frames[0].Grids.Select(grid => new object[] { grid.Title, grid.Cells.Length, grid.Cells.Length > 256 ? 32 : 16 }),
            frames,
        });
    }

    /// <summary>Black or white, whichever stands out more (WCAG's relative luminance).</summary>
    internal static string InkOn(string colour)
    {
        double[] linear = [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        double luminance = (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
        return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
    }

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);
}
