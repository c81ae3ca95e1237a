using EsxCourse.Contracts;

namespace EsxCourse.Memory.Coloring;

/// <summary>Which colour a guest page's machine page gets.</summary>
public enum ColorPolicy
{
    /// <summary>The colour of the PPN: distinct PPN colours go to distinct MPN colours when possible (OSDI '02 §3.2). What ESX does.</summary>
    Preserve,

    /// <summary>Any colour, all equally likely: what a host gets that does not care, once its free list is shuffled.</summary>
    Random,
}

/// <summary>How a host colours pages.</summary>
/// <remarks>Use <c>with</c>.</remarks>
public sealed record ColoringOptions
{
    /// <summary>The cache whose sets matter. The default is the Pentium III Xeon's of the paper's time: 512 KiB, 4 ways, 32 colours.</summary>
    public CacheGeometry Cache { get; init; } = new(512 << 10, 4, 32);

    /// <summary>Which colour a page gets.</summary>
    public ColorPolicy Policy { get; init; } = ColorPolicy.Preserve;

    /// <summary>Whether each VM has colours of its own, in proportion to the weights given with the VMs.</summary>
    public bool Partition { get; init; }

    /// <summary>Whether each touch of a page reads one of its lines through a simulated cache, at random, so that misses can be counted.</summary>
    public bool SimulateCache { get; init; }

    /// <summary>The most pages moved to their right colour in a second, after the partition has changed. course choice: as fast as sharing scans.</summary>
    public int RecolorPagesPerSecond { get; init; } = 200;

    /// <summary>Checks the rate.</summary>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public ColoringOptions Checked() =>
        RecolorPagesPerSecond < 0 ? throw new ArgumentException("Recolouring is so many pages a second, from 0.") : this;
}
