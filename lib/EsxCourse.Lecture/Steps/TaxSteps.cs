using EsxCourse.Contracts;
using EsxCourse.Experiments;

namespace EsxCourse.Lecture;

/// <summary>Moments of min-funding revocation on the slides' machine: each page, and who holds it (OSDI '02 §5.1, §5.2).</summary>
public static class TaxSteps
{
    private static readonly StepKind Active = new('A', "VM1, active", LectureChart.Palette[0]);
    private static readonly StepKind Idle = new('i', "VM1, idle", LectureChart.Palette[5]);
    private static readonly StepKind Taker = new('2', "VM2", LectureChart.Palette[1]);

    /// <summary>A moment for each state of the market.</summary>
    /// <param name="outcome">What the market did.</param>
    /// <param name="active">Pages that VM1 actively uses; they are the last that it loses.</param>
    /// <returns>The moments, in order.</returns>
    public static IEnumerable<StepFrame> Frames(MarketOutcome outcome, PageCount active) => outcome.Rows.Select((row, taken) => new StepFrame(
        $"{(taken == 0 ? "At first" : taken == 1 ? "One page taken" : $"{taken} pages taken")}: VM1 pays {row.Vm1SharesPerPage:0.00} shares a page, VM2 {row.Vm2SharesPerPage:0.00}.",
        [
            new StepGrid("machine memory", [.. Enumerable.Range(0, (int)(row.Vm1Pages + row.Vm2Pages).Value).Select(page => Cell(page, row.Vm1Pages, active))]),
        ]));

    private static StepCell Cell(int page, PageCount vm1, PageCount active)
    {
        StepKind kind = page >= vm1.Value ? Taker : page < active.Value ? Active : Idle;
        return new StepCell(kind, $"page {page}: {kind.Name}");
    }
}
