namespace EsxCourse.Contracts;

/// <summary>A moment of simulated time: microseconds since the host was switched on.</summary>
/// <param name="Microseconds">The time, from 0.</param>
/// <remarks>Only the host's clock advances it; nothing in the simulator reads the machine's own clock. The default is the start.</remarks>
public readonly record struct SimTime(long Microseconds) : IComparable<SimTime>
{
    /// <summary>The moment the host was switched on.</summary>
    public static SimTime Start => default;

    /// <summary>The same moment in seconds.</summary>
    public double Seconds => Microseconds / 1e6;

    /// <summary>The same moment in minutes, as the paper's figures count.</summary>
    public double Minutes => Microseconds / 60e6;

    /// <summary>The moment so many seconds after the start.</summary>
    /// <param name="seconds">Seconds, from 0; rounded to the microsecond.</param>
    /// <returns>That moment.</returns>
    public static SimTime FromSeconds(double seconds) => new((long)Math.Round(seconds * 1e6));

    /// <summary>Compares by time.</summary>
    /// <param name="other">The moment to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(SimTime other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>How long it is from <paramref name="right"/> to <paramref name="left"/>.</summary>
    /// <param name="left">The later moment.</param>
    /// <param name="right">The earlier moment.</param>
    public static SimDuration operator -(SimTime left, SimTime right) => new(left.Microseconds - right.Microseconds);

    /// <summary>The moment that lies <paramref name="duration"/> later.</summary>
    /// <param name="time">Where to start.</param>
    /// <param name="duration">How long to wait.</param>
    public static SimTime operator +(SimTime time, SimDuration duration) => new(time.Microseconds + duration.Microseconds);

    /// <summary>Whether <paramref name="left"/> comes first.</summary>
    /// <param name="left">One moment.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(SimTime left, SimTime right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether <paramref name="left"/> comes later.</summary>
    /// <param name="left">One moment.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(SimTime left, SimTime right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether <paramref name="left"/> does not come later.</summary>
    /// <param name="left">One moment.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(SimTime left, SimTime right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether <paramref name="left"/> does not come first.</summary>
    /// <param name="left">One moment.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(SimTime left, SimTime right) => left.Microseconds >= right.Microseconds;

    /// <summary>Writes the moment in seconds, for example <c>2.5 s</c>.</summary>
    public override string ToString() => $"{Seconds:0.######} s";
}
