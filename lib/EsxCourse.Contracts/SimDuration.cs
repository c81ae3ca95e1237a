namespace EsxCourse.Contracts;

/// <summary>A length of simulated time, in microseconds.</summary>
/// <param name="Microseconds">How long; a difference may be negative.</param>
/// <remarks>The default is no time at all. Values are ordered by length.</remarks>
public readonly record struct SimDuration(long Microseconds) : IComparable<SimDuration>
{
    /// <summary>No time at all.</summary>
    public static SimDuration Zero => default;

    /// <summary>The same length in seconds.</summary>
    public double Seconds => Microseconds / 1e6;

    /// <summary>So many seconds.</summary>
    /// <param name="seconds">Seconds; rounded to the microsecond.</param>
    /// <returns>That length.</returns>
    public static SimDuration FromSeconds(double seconds) => new((long)Math.Round(seconds * 1e6));

    /// <summary>Compares by length.</summary>
    /// <param name="other">The length to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(SimDuration other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>The sum of two lengths.</summary>
    /// <param name="left">One length.</param>
    /// <param name="right">The other.</param>
    public static SimDuration operator +(SimDuration left, SimDuration right) => new(left.Microseconds + right.Microseconds);

    /// <summary>The difference of two lengths.</summary>
    /// <param name="left">The length to take from.</param>
    /// <param name="right">The length to take.</param>
    public static SimDuration operator -(SimDuration left, SimDuration right) => new(left.Microseconds - right.Microseconds);

    /// <summary>So many times a length.</summary>
    /// <param name="duration">The length.</param>
    /// <param name="times">How often.</param>
    public static SimDuration operator *(SimDuration duration, long times) => new(duration.Microseconds * times);

    /// <summary>Whether <paramref name="left"/> is shorter.</summary>
    /// <param name="left">One length.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(SimDuration left, SimDuration right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is longer.</summary>
    /// <param name="left">One length.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(SimDuration left, SimDuration right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is not longer.</summary>
    /// <param name="left">One length.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(SimDuration left, SimDuration right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is not shorter.</summary>
    /// <param name="left">One length.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(SimDuration left, SimDuration right) => left.Microseconds >= right.Microseconds;

    /// <summary>Writes the length in seconds, for example <c>0.005 s</c>.</summary>
    public override string ToString() => $"{Seconds:0.######} s";
}
