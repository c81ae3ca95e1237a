namespace EsxCourse.Contracts;

/// <summary>A number of 4 KiB pages.</summary>
/// <param name="Value">How many pages; a difference may be negative.</param>
/// <remarks>The default is no pages. Values are ordered by number.</remarks>
public readonly record struct PageCount(long Value) : IComparable<PageCount>
{
    /// <summary>The size of a page in bytes: 4,096, as on IA-32 (OSDI '02 §2).</summary>
    public const int PageSizeBytes = 4096;

    /// <summary>No pages.</summary>
    public static PageCount Zero => default;

    /// <summary>The same amount in mebibytes; 256 pages are 1 MiB.</summary>
    public double Mebibytes => Value / 256.0;

    /// <summary>The same amount in bytes.</summary>
    public long Bytes => Value * PageSizeBytes;

    /// <summary>The number of pages in so many mebibytes.</summary>
    /// <param name="mebibytes">A size in MiB; rounded to the nearest page.</param>
    /// <returns>That size in pages.</returns>
    public static PageCount FromMebibytes(double mebibytes) => new((long)Math.Round(mebibytes * 256.0, MidpointRounding.AwayFromZero));

    /// <summary>The smaller of two counts.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whichever is smaller.</returns>
    public static PageCount Min(PageCount left, PageCount right) => left.Value <= right.Value ? left : right;

    /// <summary>The larger of two counts.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whichever is larger.</returns>
    public static PageCount Max(PageCount left, PageCount right) => left.Value >= right.Value ? left : right;

    /// <summary>Compares by number of pages.</summary>
    /// <param name="other">The count to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(PageCount other) => Value.CompareTo(other.Value);

    /// <summary>The sum of two counts.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    public static PageCount operator +(PageCount left, PageCount right) => new(left.Value + right.Value);

    /// <summary>The difference of two counts.</summary>
    /// <param name="left">The count to take from.</param>
    /// <param name="right">The count to take.</param>
    public static PageCount operator -(PageCount left, PageCount right) => new(left.Value - right.Value);

    /// <summary>Whether <paramref name="left"/> is the smaller count.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(PageCount left, PageCount right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is the larger count.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(PageCount left, PageCount right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not the larger count.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(PageCount left, PageCount right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not the smaller count.</summary>
    /// <param name="left">One count.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(PageCount left, PageCount right) => left.Value >= right.Value;

    /// <summary>Writes the number with its unit, for example <c>5 pages</c>.</summary>
    public override string ToString() => Value == 1 ? "1 page" : $"{Value} pages";
}
