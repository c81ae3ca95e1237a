namespace EsxCourse.Contracts;

/// <summary>The idle memory tax rate τ: the largest fraction of a client's idle pages that may be reclaimed.</summary>
/// <remarks>
/// OSDI '02 §5.2. From 0 (no tax: plain proportional shares) to below 1 (idle pages are all but worthless). One rate holds for
/// all VMs of a host. The default is 0. Values are ordered by rate.
/// </remarks>
public readonly record struct TaxRate : IComparable<TaxRate>
{
    /// <summary>Makes a tax rate.</summary>
    /// <param name="value">τ, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is outside 0 &lt;= τ &lt; 1, or not a number.</exception>
    public TaxRate(double value)
    {
        if (!(value >= 0 && value < 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A tax rate τ lies in 0 <= τ < 1; at 1 an idle page would cost infinitely many shares.");
        Value = value;
    }

    /// <summary>No tax: plain proportional shares.</summary>
    public static TaxRate None => default;

    /// <summary>The paper's default, 75 %, which leaves a quarter of the idle memory as a cushion (OSDI '02 §5.2).</summary>
    public static TaxRate Default => new(0.75);

    /// <summary>τ, from 0 to below 1.</summary>
    public double Value { get; }

    /// <summary>What an idle page costs when an active one costs 1: k = 1/(1-τ), from 1 up (OSDI '02 §5.2).</summary>
    public double IdlePageCost => 1 / (1 - Value);

    /// <summary>Compares by rate.</summary>
    /// <param name="other">The rate to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(TaxRate other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> is the lower rate.</summary>
    /// <param name="left">One rate.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(TaxRate left, TaxRate right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is the higher rate.</summary>
    /// <param name="left">One rate.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(TaxRate left, TaxRate right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not the higher rate.</summary>
    /// <param name="left">One rate.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(TaxRate left, TaxRate right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not the lower rate.</summary>
    /// <param name="left">One rate.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(TaxRate left, TaxRate right) => left.Value >= right.Value;

    /// <summary>Writes the rate as a percentage, for example <c>75 %</c>.</summary>
    public override string ToString() => $"{Value * 100:0.##} %";
}
