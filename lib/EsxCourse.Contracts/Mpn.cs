namespace EsxCourse.Contracts;

/// <summary>A machine page number: a real page of the host's memory.</summary>
/// <param name="Value">The page number, from 0; one page is 4 KiB.</param>
/// <remarks>
/// OSDI '02 §2: the server owns machine pages; no guest ever sees one. Values are ordered by number. The default is page 0, which is a valid page.
/// Differences of two numbers are a <see cref="PageCount"/>; numbers of different address spaces do not mix.
/// </remarks>
public readonly record struct Mpn(int Value) : IComparable<Mpn>
{
    /// <summary>Compares by page number.</summary>
    /// <param name="other">The page to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(Mpn other) => Value.CompareTo(other.Value);

    /// <summary>The number of pages from <paramref name="right"/> to <paramref name="left"/>, negative if it lies behind.</summary>
    /// <param name="left">The later page.</param>
    /// <param name="right">The earlier page.</param>
    public static PageCount operator -(Mpn left, Mpn right) => new((long)left.Value - right.Value);

    /// <summary>The page that lies <paramref name="count"/> pages further on.</summary>
    /// <param name="page">Where to start.</param>
    /// <param name="count">How far to go; may be negative.</param>
    /// <exception cref="OverflowException">The result is not a page number.</exception>
    public static Mpn operator +(Mpn page, PageCount count) => new(checked((int)(page.Value + count.Value)));

    /// <summary>Whether <paramref name="left"/> lies before <paramref name="right"/>.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator <(Mpn left, Mpn right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> lies behind <paramref name="right"/>.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator >(Mpn left, Mpn right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> lies before <paramref name="right"/> or is the same page.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator <=(Mpn left, Mpn right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> lies behind <paramref name="right"/> or is the same page.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator >=(Mpn left, Mpn right) => left.Value >= right.Value;

    /// <summary>Writes the number with its address space, for example <c>MPN 42</c>.</summary>
    public override string ToString() => $"MPN {Value}";
}
