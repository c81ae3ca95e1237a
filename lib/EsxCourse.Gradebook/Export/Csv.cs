using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EsxCourse.Gradebook.Report;

namespace EsxCourse.Gradebook.Export;

/// <summary>
/// Builds comma-separated values (RFC 4180, but lines end in a line feed and a record is always one line: breaks and other control
/// characters inside text become spaces).
/// <para>Students choose much of the text, and a spreadsheet takes a cell that begins with <c>= + - @</c> for a formula. Such text gets an
/// apostrophe in front; so does what follows a <c>;</c>, which half of Europe's spreadsheets take for the comma. Numbers are ours and
/// stay numbers.</para>
/// </summary>
internal sealed partial class Csv
{
    private readonly StringBuilder text = new();
    private bool begun;

    public Csv Text(string? value) => Cell(value is null ? "" : Defused(value));

    public Csv Number(decimal? value) => Cell(value is { } number ? Points(number) : "");

    public Csv Moment(DateTimeOffset? value) => Cell(value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");

    /// <summary>A word of ours that needs no apostrophe.</summary>
    public Csv Word(string value) => Cell(value);

    public void EndRow()
    {
        text.Append('\n');
        begun = false;
    }

    public override string ToString() => text.ToString();

    /// <summary>Points as every export and every page writes them: up to four places, no zeros at the end.</summary>
    public static string Points(decimal points) => points.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Text that no spreadsheet takes for a formula, on one line.</summary>
    public static string Defused(string value) => FormulaStart().Replace(PlainText.OneLine(value), "$1$2'$3");

    private Csv Cell(string value)
    {
        if (begun)
            text.Append(',');
        begun = true;
        if (value.AsSpan().IndexOfAny(",\"") >= 0 || value.StartsWith(' ') || value.EndsWith(' '))
            text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            text.Append(value);
        return this;
    }

    // The full-width forms are formulas to spreadsheets, too. White space in front does not help against any of them.
    [GeneratedRegex(@"(^|;)(\s*)([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])")]
    private static partial Regex FormulaStart();
}
