using System.Globalization;
using System.Net;
using System.Text;

namespace EsxCourse.Quiz.Rendering;

// A line over the seconds of a run, as inline SVG: an axis with its numbers, threshold lines, a label. What it shows stands in its title and
// description, which a screen reader reads; the numbers themselves go with the question as text.
internal sealed record RunChart(string Title, string Unit, IReadOnlyList<double> Values, IReadOnlyList<(double Value, string Name)> Thresholds)
{
    private const int Width = 560, Height = 260, Left = 56, Right = 96, Top = 14, Bottom = 40;

    /// <summary>The numbers as text: the picture for whoever cannot see it.</summary>
    public string Words => $"{Title} ({Unit}), second by second:\n{string.Join(' ', Values.Select(Number))}"
        + (Thresholds.Count > 0 ? $"\nLines: {string.Join(", ", Thresholds.Select(line => $"{line.Name} {Number(line.Value)}"))}" : "");

    public string Svg()
    {
        double most = Nice(Math.Max(Values.Max(), Thresholds.Select(line => line.Value).DefaultIfEmpty(0).Max()));
        StringBuilder svg = new();
        string words = $"{Title}: from {Number(Values[0])} to {Number(Values[^1])} {Unit} in {Values.Count - 1} seconds, {Number(Values.Min())} at the least and {Number(Values.Max())} at the most.";
        svg.Append($"<svg role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" style=\"max-width:100%;height:auto;background:#fff\" aria-label=\"{Escape(words)}\"><g font-family=\"system-ui,sans-serif\" font-size=\"13\" fill=\"#1c2733\">");
        foreach (double tick in new[] { 0, most / 2, most })
            svg.Append($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Px(Y(tick))}\" y2=\"{Px(Y(tick))}\" stroke=\"#d5dbe1\"/><text x=\"{Left - 6}\" y=\"{Px(Y(tick) + 4)}\" text-anchor=\"end\">{Number(tick)}</text>");
        foreach ((double value, string name) in Thresholds)
            svg.Append($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Px(Y(value))}\" y2=\"{Px(Y(value))}\" stroke=\"#8a1c12\" stroke-dasharray=\"5 4\"/><text x=\"{Width - Right + 9}\" y=\"{Px(Y(value) + 4)}\" fill=\"#8a1c12\">{Escape(name)}</text>");
        for (int second = 0; second < Values.Count; second += Math.Max(1, (Values.Count - 1) / 6))
            svg.Append($"<text x=\"{Px(X(second))}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{second}</text>");
        svg.Append($"<polyline fill=\"none\" stroke=\"#0b57d0\" stroke-width=\"2.5\" points=\"{string.Join(' ', Values.Select((value, second) => $"{Px(X(second))},{Px(Y(value))}"))}\"/>");
        svg.Append($"<circle cx=\"{Px(X(Values.Count - 1))}\" cy=\"{Px(Y(Values[^1]))}\" r=\"5\" fill=\"#0b57d0\"/>");
        svg.Append($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 5}\" text-anchor=\"middle\">{Escape(Title)}, {Escape(Unit)}, by seconds</text></g></svg>");
        return svg.ToString();

        double X(int second) => Left + ((Width - Left - Right) * second / (double)Math.Max(1, Values.Count - 1));
        double Y(double value) => Top + ((Height - Top - Bottom) * (1 - (value / most)));
    }

    // The next of 1, 2, 4, 5, 8 times a power of ten.
    private static double Nice(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-9))));
        return new[] { 1.0, 2, 4, 5, 8, 10 }.First(step => step * power >= value) * power;
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Px(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
