using System.Globalization;

namespace EsxCourse.Grading.Checks;

// A figure is what a check measured, beside the points that it gave: for the student to read, and for a leaderboard to add up. It is kept
// with the check's result, as a line of text, so that reports can be written from the gradebook alone:
//
//   throughput = 98.25 % of ESX's          name = value unit

/// <summary>Something that a check measured.</summary>
/// <param name="Name">What it is; figures of one name add up over an exercise's checks. Holds no equals sign.</param>
/// <param name="Value">How much, in hundredths.</param>
/// <param name="Unit">Of what; may be empty.</param>
public sealed record Figure(string Name, decimal Value, string Unit)
{
    private const string Is = " = ";

    /// <summary>A figure of a measured number.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">How much; rounded to hundredths.</param>
    /// <param name="unit">Of what.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">The name cannot be kept, or the value is no number.</exception>
    internal static Figure Of(string name, double value, string unit) =>
        name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || $"{name}{unit}".Contains('\n', StringComparison.Ordinal) || !double.IsFinite(value) || Math.Abs(value) > 1e12
            ? throw new ArgumentException($"The figure '{name}' of {value} {unit} cannot be kept.")
            : new Figure(name, Plain(Math.Round((decimal)value, 2)), unit);

    /// <summary>Without zeros at the end: 20.0 and 20 are one number and must be one text.</summary>
    internal static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>The figure that a line of text says; null if it says none.</summary>
    internal static Figure? Read(string line)
    {
        int name = line.IndexOf(Is, StringComparison.Ordinal);
        if (name < 0)
            return null;
        string rest = line[(name + Is.Length)..];
        int end = rest.IndexOf(' ', StringComparison.Ordinal);
        return decimal.TryParse(end < 0 ? rest : rest[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? new Figure(line[..name], value, end < 0 ? "" : rest[(end + 1)..])
            : null;
    }

    /// <summary>The figure as a line of text.</summary>
    internal string Line => $"{Name}{Is}{Value.ToString(CultureInfo.InvariantCulture)} {Unit}".TrimEnd();

    /// <summary>The figure as a part of a sentence.</summary>
    public override string ToString() => $"{Name} {Value.ToString(CultureInfo.InvariantCulture)} {Unit}".TrimEnd();
}
