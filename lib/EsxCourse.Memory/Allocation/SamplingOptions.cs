namespace EsxCourse.Memory.Allocation;

/// <summary>How working sets are sampled.</summary>
/// <remarks>OSDI '02 §5.3.</remarks>
public sealed record SamplingOptions
{
    /// <summary>How many pages are sampled in a period; all of them, if a VM has fewer.</summary>
    public int PagesPerPeriod { get; init; } = 100;

    /// <summary>A period in seconds of VM time.</summary>
    public int PeriodSeconds { get; init; } = 30;

    internal SamplingOptions Checked() => PagesPerPeriod >= 1 && PeriodSeconds >= 1
        ? this
        : throw new ArgumentException($"Sampling needs at least a page a period and a second for it; it is {this}.");
}
