namespace EsxCourse.Contracts;

/// <summary>A virtual page number: a page in the address space of a process inside a guest.</summary>
/// <param name="Value">The page number, from 0; one page is 4 KiB.</param>
/// <remarks>
/// OSDI '02 §2: the guest's page table translates VPN to PPN, the shadow page table VPN to MPN. Values are ordered by number. The default is page 0, which is a valid page.
/// Differences of two numbers are a <see cref="PageCount"/>; numbers of different address spaces do not mix.
/// </remarks>
public readonly record struct Vpn(int Value) : IComparable<Vpn>
{
    /// <summary>Compares by page number.</summary>
    /// <param name="other">The page to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(Vpn other) => Value.CompareTo(other.Value);

    /// <summary>The number of pages from <paramref name="right"/> to <paramref name="left"/>, negative if it lies behind.</summary>
    /// <param name="left">The later page.</param>
    /// <param name="right">The earlier page.</param>
    public static PageCount operator -(Vpn left, Vpn right) => new((long)left.Value - right.Value);

    /// <summary>The page that lies <paramref name="count"/> pages further on.</summary>
    /// <param name="page">Where to start.</param>
    /// <param name="count">How far to go; may be negative.</param>
    /// <exception cref="OverflowException">The result is not a page number.</exception>
    public static Vpn operator +(Vpn page, PageCount count) => new(checked((int)(page.Value + count.Value)));

    /// <summary>Whether <paramref name="left"/> lies before <paramref name="right"/>.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator <(Vpn left, Vpn right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> lies behind <paramref name="right"/>.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator >(Vpn left, Vpn right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> lies before <paramref name="right"/> or is the same page.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator <=(Vpn left, Vpn right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> lies behind <paramref name="right"/> or is the same page.</summary>
    /// <param name="left">The first page.</param>
    /// <param name="right">The second page.</param>
    public static bool operator >=(Vpn left, Vpn right) => left.Value >= right.Value;

    /// <summary>Writes the number with its address space, for example <c>VPN 42</c>.</summary>
    public override string ToString() => $"VPN {Value}";
}
