using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EsxCourse.Gradebook.Store;

/// <summary>
/// Points in a column: whole ten-thousandths of a point, so that SQLite (which has no decimal) and PostgreSQL keep, compare and add the
/// same number. A third of a point is 0.3333.
/// </summary>
internal sealed class PointsColumn() : ValueConverter<decimal, long>(points => (long)(points * 10_000), kept => kept / 10_000m)
{
    // course choice: far above any real total, far below what a long holds.
    private const decimal Largest = 1_000_000_000;

    public static decimal Kept(decimal points) =>
        Problem(points) is { } problem ? throw new ArgumentOutOfRangeException(nameof(points), points, problem) : Math.Round(points, 4, MidpointRounding.AwayFromZero);

    /// <summary>Why such points cannot be kept; null if they can.</summary>
    public static string? Problem(decimal points) => Math.Abs(points) <= Largest ? null : $"{points} is out of range, points lie between -{Largest} and {Largest}";
}
