using EsxCourse.Contracts;

namespace EsxCourse.Memory.Reclamation;

/// <summary>By which rule the thresholds follow from the size of the machine.</summary>
public enum ThresholdScheme
{
    /// <summary>6, 4, 2 and 1 % of memory: the paper's.</summary>
    Paper,

    /// <summary>vSphere's sliding minFree: large machines keep a smaller part free.</summary>
    SlidingMinFree,
}

/// <summary>The amounts of free memory at which the host changes its state.</summary>
/// <param name="High">What the targets aim to keep free; above it (and a margin) nothing is reclaimed any more.</param>
/// <param name="Soft">Below it: ballooning.</param>
/// <param name="Hard">Below it: paging.</param>
/// <param name="Low">Below it: blocking.</param>
/// <param name="Margin">How far above a threshold free memory must be before the state goes up again.</param>
public sealed record StateThresholds(PageCount High, PageCount Soft, PageCount Hard, PageCount Low, PageCount Margin)
{
    // The paper says "significantly above" and gives no number (OSDI '02 §6.3). course choice: half a percent of memory, half of the
    // smallest distance between two thresholds, so that the way up never asks for more than the next threshold.
    private const double MarginPercent = 0.5;

    /// <summary>The thresholds of a scheme for a machine.</summary>
    /// <param name="scheme">Which rule.</param>
    /// <param name="memory">The machine's memory.</param>
    /// <returns>Thresholds in whole pages, rounded up.</returns>
    public static StateThresholds For(ThresholdScheme scheme, PageCount memory) =>
        scheme == ThresholdScheme.Paper ? Paper(memory) : SlidingMinFree(memory);

    /// <summary>6, 4, 2 and 1 % of memory.</summary>
    /// <param name="memory">The machine's memory.</param>
    /// <returns>Thresholds in whole pages, rounded up.</returns>
    /// <remarks>OSDI '02 §6.3.</remarks>
    public static StateThresholds Paper(PageCount memory) =>
        new(Percent(memory, 6), Percent(memory, 4), Percent(memory, 2), Percent(memory, 1), Percent(memory, MarginPercent));

    /// <summary>minFree is 6 % of the first 4 GB, 4 % of the next 8, 2 % of the next 16 and 1 % of the rest.</summary>
    /// <param name="memory">The machine's memory.</param>
    /// <returns>minFree: 1,638 MB of 100 GB.</returns>
    /// <remarks>VMware's documentation (facts §9).</remarks>
    public static PageCount MinFree(PageCount memory)
    {
        const long gigabyte = 1L << 18;
        double minFree = 0;
        long left = memory.Value;
        foreach ((long width, double part) in (ReadOnlySpan<(long, double)>)[(4 * gigabyte, 0.06), (8 * gigabyte, 0.04), (16 * gigabyte, 0.02), (long.MaxValue, 0.01)])
        {
            long here = Math.Min(left, width);
            minFree += here * part;
            left -= here;
        }

        return new PageCount((long)Math.Ceiling(minFree - 1e-9));
    }

    /// <summary>vSphere's thresholds: soft 64 %, hard 32 % and low 16 % of minFree, and 100 % ("clear") to be out of it.</summary>
    /// <param name="memory">The machine's memory.</param>
    /// <returns>Thresholds in whole pages, rounded up.</returns>
    /// <remarks>Facts §9. Left out: vSphere's own "high" at 400 %, below which it begins to break large pages up for sharing.</remarks>
    public static StateThresholds SlidingMinFree(PageCount memory)
    {
        PageCount minFree = MinFree(memory);
        return new StateThresholds(minFree, Percent(minFree, 64), Percent(minFree, 32), Percent(minFree, 16), Percent(minFree, 8));
    }

    private static PageCount Percent(PageCount of, double percent) => new((long)Math.Ceiling(of.Value * percent / 100 - 1e-9));
}
