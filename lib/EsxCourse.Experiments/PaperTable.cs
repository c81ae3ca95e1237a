using System.Globalization;
using System.Text;

namespace EsxCourse.Experiments;

/// <summary>An experiment's result as aligned text: rows, what was missed and why, constants, notes.</summary>
public static class PaperTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="result">The result.</param>
    /// <param name="sensitivity">How much constants move it; none if that was not run.</param>
    /// <returns>Lines of text, the last one ended.</returns>
    public static string Of(ExperimentResult result, IReadOnlyList<SensitivityLine> sensitivity)
    {
        StringBuilder text = new();
        text.Append($"{result.Experiment.Name}: {result.Experiment.Title} ({result.Experiment.Source})\n");
        text.Append(Aligned([
            ["", "published", "simulated", "difference", "unit", "demanded", "holds", ""],
            .. result.Rows.Select(row => (string[])[
                row.What, Number(row.Published), Number(row.Simulated), Number(row.Difference), row.Unit, Demanded(row),
                row.Holds switch { true => "yes", false => "NO", _ => "-" }, row.Kind switch { RowKind.Fitted => "fitted", RowKind.Predicted => "predicted", _ => "shown" }])]));
        foreach (ResultRow missed in result.Rows.Where(r => r.Holds == false))
            text.Append($"missed: {missed.What}{(missed.Reason.Length > 0 ? $": {missed.Reason}" : "")}\n");
        foreach (ModelConstant constant in result.Experiment.Constants)
            text.Append($"constant: {constant.Name} = {Number(constant.Value)} {constant.Unit}, {constant.Origin.ToString().ToLowerInvariant()}: {constant.Reason}\n");
        foreach (SensitivityLine line in sensitivity)
            text.Append($"sensitivity: {line.Constant.Name} x 1/2, x 2: {line.What} {Number(line.AsItIs)} -> {Changed(line.Halved)}, {Changed(line.Doubled)} {line.Unit}\n");
        foreach (string note in result.Notes)
            text.Append($"note: {note}\n");
        return text.ToString();
    }

    private static string Changed(double? value) => value is null ? "cannot be run" : Number(value);

    private static string Demanded(ResultRow row) => (row.Least, row.Most) switch
    {
        ({ } least, { } most) => $"{Number(least)} to {Number(most)}",
        ({ } least, null) => $"from {Number(least)}",
        (null, { } most) => $"to {Number(most)}",
        _ => "",
    };

    private static string Number(double? value) => value is { } number ? number.ToString(Math.Abs(number) < 1 ? "0.####" : Math.Abs(number) < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture) : "";

    private static string Aligned(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Concat(rows.Select(row => string.Join("  ", row.Select((cell, column) => column is 0 or 4 or 7 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd() + "\n"));
    }
}
