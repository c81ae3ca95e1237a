using System.Globalization;
using System.Net;
using System.Text;

namespace EsxCourse.Quiz.Rendering;

/// <summary>The item analysis of a class as a page: difficulty and discrimination of each question, and what was answered, as charts with their numbers.</summary>
/// <remarks>The charts are inline SVG with the same figures in a table beside them. No script, nothing fetched. Everything that students wrote is escaped.</remarks>
public static class AnalysisHtml
{
    private const int Width = 640;
    private const int Row = 22;
    private const int Labels = 220;

    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#1c2733;background:#fff}h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}
        .scroll{overflow-x:auto}table{border-collapse:collapse}th,td{padding:.25rem .6rem;border-bottom:1px solid #b8c2cc;text-align:left}td.n{text-align:right}
        svg{max-width:100%;height:auto}svg text{font-size:12px;fill:#1c2733}.warn{color:#8a1c12;font-weight:600}:focus-visible{outline:3px solid #0b57d0}
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="title">The quiz's heading.</param>
    /// <param name="students">How many papers were looked at.</param>
    /// <param name="items">The statistics, from <see cref="ItemAnalysis.Of"/>.</param>
    /// <returns>A whole HTML document.</returns>
    public static string Write(string title, int students, IReadOnlyList<ItemStatistics> items)
    {
        StringBuilder html = new();
        html.AppendLine($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Item analysis: {Escape(title)}</title><style>{Style}</style></head><body><main>");
        html.AppendLine($"<h1>Item analysis: {Escape(title)}</h1><p>{students} papers.</p>");
        html.AppendLine("<h2>Difficulty: what part of its points each question earned</h2>");
        Bars(html, "Part of the points earned, by question", [.. items.Select(item => (item.Id, item.MeanFraction, $"{item.MeanFraction * 100:0} %"))], low: 0);
        html.AppendLine("<h2>Discrimination: does it tell good papers from weak ones?</h2><p>The correlation of a question with the rest of the paper. Near 0 it tells nothing; below 0 look at the question and its key first.</p>");
        Bars(html, "Correlation with the rest of the paper, by question", [.. items.Where(item => item.Discrimination is not null).Select(item => (item.Id, item.Discrimination!.Value, item.Discrimination.Value.ToString("0.00", CultureInfo.InvariantCulture)))], low: -1);
        html.AppendLine("<h2>All figures</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All figures\"><table><thead><tr><th scope=\"col\">Question</th><th scope=\"col\">Answered</th><th scope=\"col\">Earned</th><th scope=\"col\">Discrimination</th><th scope=\"col\">Look at</th></tr></thead><tbody>");
        foreach (ItemStatistics item in items)
            html.AppendLine($"<tr><th scope=\"row\">{Escape(item.Id)}</th><td class=\"n\">{item.Answered}</td><td class=\"n\">{item.MeanFraction * 100:0} %</td><td class=\"n\">{item.Discrimination?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–"}</td><td class=\"warn\">{Escape(Warning(item))}</td></tr>");
        html.AppendLine("</tbody></table></div>");
        html.AppendLine("<h2>What was answered</h2>");
        foreach (ItemStatistics item in items.Where(item => item.Chosen.Count > 0))
        {
            html.AppendLine($"<h3>{Escape(item.Id)}</h3>");
            int most = item.Chosen.Max(chosen => chosen.Value);
            Bars(html, $"Answers to {item.Id}", [.. item.Chosen.Take(12).Select(chosen => (chosen.Key, chosen.Value / (double)most, $"{chosen.Value}"))], low: 0);
        }

        return html.AppendLine("</main></body></html>").ToString();
    }

    private static string Warning(ItemStatistics item) =>
        item.Discrimination is < 0 ? "the key: weak papers did better" : item.MeanFraction < 0.2 ? "very hard" : item.MeanFraction > 0.95 && item.Answered > 1 ? "very easy" : "";

    // Horizontal bars from zero; with low = -1 the zero line is in the middle. Every bar carries its label and its number as text.
    private static void Bars(StringBuilder html, string name, (string Label, double Value, string Number)[] bars, double low)
    {
        if (bars.Length == 0)
        {
            html.AppendLine("<p>Too few papers to tell.</p>");
            return;
        }

        const int room = Width - Labels - 60;
        double unit = low < 0 ? room / 2.0 : room, zero = low < 0 ? Labels + unit : Labels;
        html.AppendLine($"<svg role=\"img\" viewBox=\"0 0 {Width} {(bars.Length * Row) + 8}\" width=\"{Width}\" aria-label=\"{Escape(name)}: {Escape(string.Join("; ", bars.Select(bar => $"{bar.Label} {bar.Number}")))}\">");
        for (int at = 0; at < bars.Length; at++)
        {
            double length = Math.Clamp(bars[at].Value, -1, 1) * unit;
            html.AppendLine($"<text x=\"{Labels - 8}\" y=\"{(at * Row) + 17}\" text-anchor=\"end\">{Escape(Short(bars[at].Label))}</text>"
                + $"<rect x=\"{Px(length < 0 ? zero + length : zero)}\" y=\"{(at * Row) + 5}\" width=\"{Px(Math.Abs(length))}\" height=\"16\" fill=\"{(length < 0 ? "#b42318" : "#1f6feb")}\"/>"
                + $"<text x=\"{Px(Math.Max(zero, zero + length) + 6)}\" y=\"{(at * Row) + 17}\">{Escape(bars[at].Number)}</text>");
        }

        html.AppendLine($"<line x1=\"{Px(zero)}\" y1=\"0\" x2=\"{Px(zero)}\" y2=\"{(bars.Length * Row) + 8}\" stroke=\"#5b6b7b\"/></svg>");
    }

    private static string Short(string label) => label.Length <= 34 ? label : label[..33] + "…";

    private static string Px(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
