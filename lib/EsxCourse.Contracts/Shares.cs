namespace EsxCourse.Contracts;

/// <summary>A number of shares: a client's relative right to machine memory.</summary>
/// <param name="Value">How many shares, from 0.</param>
/// <remarks>
/// OSDI '02 §5.1. Shares are tickets: only their proportion between VMs means anything. The default is no shares,
/// the right to nothing beyond the guaranteed minimum. Values are ordered by number.
/// </remarks>
public readonly record struct Shares(long Value) : IComparable<Shares>
{
    /// <summary>Compares by number of shares.</summary>
    /// <param name="other">The shares to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(Shares other) => Value.CompareTo(other.Value);

    /// <summary>The sum of two holdings.</summary>
    /// <param name="left">One holding.</param>
    /// <param name="right">The other.</param>
    public static Shares operator +(Shares left, Shares right) => new(left.Value + right.Value);

    /// <summary>Whether <paramref name="left"/> is the smaller holding.</summary>
    /// <param name="left">One holding.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(Shares left, Shares right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is the larger holding.</summary>
    /// <param name="left">One holding.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(Shares left, Shares right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not the larger holding.</summary>
    /// <param name="left">One holding.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(Shares left, Shares right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not the smaller holding.</summary>
    /// <param name="left">One holding.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(Shares left, Shares right) => left.Value >= right.Value;

    /// <summary>Writes the number with its unit, for example <c>100 shares</c>.</summary>
    public override string ToString() => Value == 1 ? "1 share" : $"{Value} shares";
}
