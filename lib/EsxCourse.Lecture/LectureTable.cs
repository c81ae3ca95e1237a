using System.Collections.Immutable;

namespace EsxCourse.Lecture;

/// <summary>A small table to show: a caption, headers, rows. Cells are texts, already rounded as they should be read.</summary>
/// <param name="Caption">What the table says, in a sentence.</param>
/// <param name="Headers">The columns' headers, with units.</param>
/// <param name="Rows">The rows, each as long as the headers.</param>
/// <remarks>Shows as an HTML table in a notebook and as aligned text elsewhere. The first column names its row.</remarks>
public sealed record LectureTable(string Caption, ImmutableArray<string> Headers, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>Makes a table from any sequence.</summary>
    /// <typeparam name="T">What a row is made from.</typeparam>
    /// <param name="caption">What the table says, in a sentence.</param>
    /// <param name="rows">What the rows are made from.</param>
    /// <param name="columns">Each column's header and the cell that it shows of a row.</param>
    /// <returns>The table.</returns>
    public static LectureTable Of<T>(string caption, IEnumerable<T> rows, params (string Header, Func<T, object?> Cell)[] columns) => new(
        caption,
        [.. columns.Select(column => column.Header)],
        [.. rows.Select(row => columns.Select(column => Text(column.Cell(row))).ToImmutableArray())]);

    /// <summary>The table as HTML for the body of an <see cref="EsxCourse.Notebooks.HtmlPage"/>.</summary>
    /// <returns>An element.</returns>
    public string ToPageHtml() => Formatting.TableFormatter.ToHtml(this);

    /// <summary>The table as aligned text.</summary>
    public override string ToString()
    {
        ImmutableArray<string>[] lines = [Headers, .. Rows];
        int[] widths = [.. Enumerable.Range(0, Headers.Length).Select(column => lines.Max(line => line[column].Length))];
        IEnumerable<string> texts = lines.Select(line => string.Join("  ", line.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        return $"{Caption}\n{string.Join('\n', texts)}";
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        double number => $"{number:0.##}",
        _ => cell.ToString() ?? "",
    };
}
