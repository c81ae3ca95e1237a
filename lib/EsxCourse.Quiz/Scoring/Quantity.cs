using System.Globalization;

namespace EsxCourse.Quiz.Scoring;

// A number as a student writes it, with its unit: "2.63", "2.63 shares per page", "1.5 GB" where MB are asked for. Sizes (1 KB = 1024 B, as the paper
// counts) and times are converted; any other unit must be the question's own word. A missing unit counts as the right one.
internal static class Quantity
{
    private static readonly Dictionary<string, double>[] Families =
    [
        new() { ["b"] = 1, ["byte"] = 1, ["bytes"] = 1, ["kb"] = 1024, ["kib"] = 1024, ["mb"] = 1048576, ["mib"] = 1048576, ["gb"] = 1073741824, ["gib"] = 1073741824, ["tb"] = 1099511627776, ["tib"] = 1099511627776 },
        new() { ["ns"] = 1e-9, ["us"] = 1e-6, ["µs"] = 1e-6, ["ms"] = 1e-3, ["s"] = 1, ["sec"] = 1, ["second"] = 1, ["seconds"] = 1, ["min"] = 60, ["minute"] = 60, ["minutes"] = 60, ["h"] = 3600 },
        new() { ["%"] = 1, ["percent"] = 1 },
    ];

    /// <summary>Reads a number in the question's unit.</summary>
    /// <param name="written">What the student wrote.</param>
    /// <param name="unit">The question's unit, or empty.</param>
    /// <param name="problem">Why it cannot be read, when the result is null.</param>
    public static double? Read(string written, string unit, out string problem)
    {
        written = written.Trim().TrimStart('=', '≈', '~').TrimStart();
        int end = 0;
        while (end < written.Length && (char.IsAsciiDigit(written[end]) || written[end] is '.' or '-' or '+' || (written[end] is 'e' or 'E' && end + 1 < written.Length && (char.IsAsciiDigit(written[end + 1]) || written[end + 1] == '-'))))
            end++;
        problem = $"“{Short(written)}” is not a number; write it with a point, and without separators.";
        if (!double.TryParse(written[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            return null;
        string given = written[end..].Trim().TrimEnd('.').ToLowerInvariant();
        if (given.StartsWith(','))
            return null;
        if (given.Length == 0 || Words(given) == Words(unit))
            return value;
        foreach (Dictionary<string, double> family in Families)
            if (family.TryGetValue(given, out double from) && family.TryGetValue(unit.ToLowerInvariant(), out double to))
                return value * from / to;
        problem = $"the unit “{Short(given)}” is not {(unit.Length > 0 ? unit : "asked for; the answer is a plain number")}.";
        return null;
    }

    private static string Words(string unit) =>
        string.Join(' ', unit.ToLowerInvariant().Replace("/", " per ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("a" or "the" or "of")).Select(Stemmer.Stem));

    private static string Short(string text) => text.Length <= 30 ? text : text[..30] + "…";
}
