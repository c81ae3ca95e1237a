using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.HotIo;

/// <summary>What transfers cost in copies of pages.</summary>
/// <param name="Transfers">Pages sent or received.</param>
/// <param name="Bounced">Of them, those copied through a bounce buffer.</param>
/// <param name="Remapped">Hot pages moved to low memory.</param>
/// <param name="Demoted">Pages moved up to make room.</param>
/// <param name="Refused">Hot pages that found no room.</param>
public readonly record struct HotIoReport(long Transfers, long Bounced, long Remapped, long Demoted, long Refused)
{
    /// <summary>All copies of pages: for bounces and for moves.</summary>
    public long Copies => Bounced + Remapped + Demoted;

    /// <summary>Copies for each transfer; 0 without transfers.</summary>
    public double CopiesPerTransfer => Transfers == 0 ? 0 : (double)Copies / Transfers;

    /// <summary>The report of everything that some VMs did.</summary>
    /// <param name="counts">Their outcomes.</param>
    /// <returns>The sums.</returns>
    public static HotIoReport Of(IEnumerable<OutcomeCounts> counts)
    {
        HotIoReport sum = default;
        foreach (OutcomeCounts c in counts)
            sum = new HotIoReport(
                sum.Transfers + c[Outcome.IoDirect] + c[Outcome.IoTranslated] + c[Outcome.IoBounced],
                sum.Bounced + c[Outcome.IoBounced],
                sum.Remapped + c[Outcome.IoRemapped],
                sum.Demoted + c[Outcome.IoDemoted],
                sum.Refused + c[Outcome.IoRemapRefused]);
        return sum;
    }
}
