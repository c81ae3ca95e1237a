namespace EsxCourse.Memory.Observation;

/// <summary>How often each outcome came.</summary>
/// <remarks>One count for each VM and, summed, for a host.</remarks>
public sealed class OutcomeCounts
{
    private readonly long[] counts = new long[Enum.GetValues<Outcome>().Length];

    /// <summary>How often one outcome came.</summary>
    /// <param name="outcome">Which.</param>
    public long this[Outcome outcome] => counts[(int)outcome];

    internal void Count(Outcome outcome) => counts[(int)outcome]++;

    internal void Count(Outcome outcome, long times) => counts[(int)outcome] += times;

    internal void Add(OutcomeCounts other)
    {
        for (int i = 0; i < counts.Length; i++)
            counts[i] += other.counts[i];
    }

    /// <summary>Every outcome that came at least once, in the order of <see cref="Outcome"/>.</summary>
    /// <returns>Outcomes with their counts.</returns>
    public IReadOnlyList<KeyValuePair<Outcome, long>> NonZero() =>
        [.. Enum.GetValues<Outcome>().Where(o => this[o] > 0).Select(o => KeyValuePair.Create(o, this[o]))];
}
