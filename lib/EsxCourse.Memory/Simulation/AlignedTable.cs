namespace EsxCourse.Memory.Simulation;

/// <summary>Rows of text in columns: the first to the left, numbers to the right.</summary>
internal static class AlignedTable
{
    public static string Of(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Concat(rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd() + "\n"));
    }
}
