using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Sampling;

/// <summary>The VM's mappings.</summary>
public interface IMappings
{
    /// <summary>Drops the mapping of a page: the guest's next touch of it traps, once.</summary>
    /// <param name="page">A page of the VM.</param>
    void Invalidate(Ppn page);
}

/// <summary>A source of chance.</summary>
public interface IDice
{
    /// <summary>A whole number from 0 to below the bound, each with the same chance.</summary>
    /// <param name="bound">At least 1.</param>
    int Below(int bound);
}

/// <summary>How a VM is sampled.</summary>
/// <param name="Pages">How many pages are sampled in a period.</param>
/// <param name="PeriodMilliseconds">How long a period is, in the VM's own time.</param>
/// <param name="SlowGain">Gain of the slow average, above 0 and at most 1.</param>
/// <param name="FastGain">Gain of the fast average, above 0 and at most 1.</param>
public sealed record SamplingRules(int Pages, int PeriodMilliseconds, double SlowGain, double FastGain);

/// <summary>Measures how much of its memory a VM uses (OSDI '02 §5.3; slide "Only need percentage of idle memory").</summary>
public interface IWorkingSetSampling
{
    /// <summary>Called once, first: the first period begins.</summary>
    /// <param name="mappings">The VM's mappings.</param>
    /// <param name="dice">Chance for choosing pages.</param>
    /// <param name="size">The VM's pages: PPN 0 to size - 1.</param>
    /// <param name="rules">How it is sampled.</param>
    void Start(IMappings mappings, IDice dice, PageCount size, SamplingRules rules);

    /// <summary>The guest has touched a page whose mapping was invalid. Others invalidate mappings, too.</summary>
    /// <param name="page">A page of the VM.</param>
    void Trapped(Ppn page);

    /// <summary>The VM has run.</summary>
    /// <param name="milliseconds">For how long, 0 or more; a period may end within it, or several.</param>
    void Ran(int milliseconds);

    /// <summary>f: the estimate of the fraction of its pages that the VM uses, from 0 to 1.</summary>
    double ActiveFraction();

    /// <summary>A: the estimate in whole pages, rounded up.</summary>
    PageCount ActivePages();
}
