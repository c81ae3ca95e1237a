using EsxCourse.Memory.Allocation;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// The estimate of active memory: three moving averages and their maximum (OSDI '02 §5.3).
internal static class SamplingTemplates
{
    public static IReadOnlyList<ItemTemplate> All { get; } =
        [new("active-estimate", "sampling", "The estimate after some periods", ["slide: Idle Memory Tax", "§5.3"], Estimate)];

    private static NumberDraft Estimate(SeedStream draw)
    {
        ActiveMemoryEstimate estimate = new();
        int[] touched = [.. Enumerable.Range(0, 2).Select(_ => 10 * draw.Between(1, 3)), 10 * draw.OneOf(1, 2, 8, 9)];
        List<string> worked = [$"before: slow = fast = {estimate.Slow:0.00}"];
        foreach (int count in touched)
        {
            estimate.PeriodEnded(count / 100.0);
            worked.Add($"{count} touched: slow = {estimate.Slow * 100:0.0} %, fast = {estimate.Fast * 100:0.0} %");
        }

        return new NumberDraft(
            $"A new VM counts as fully active. In three periods {string.Join(", ", touched)} of 100 sampled pages are touched. The slow average has the gain {ActiveMemoryEstimate.SlowGain:0.##}, the fast one {ActiveMemoryEstimate.FastGain:0.##}. "
            + "What is the estimate of the active fraction at the end of the third period, in percent?",
            estimate.ActiveFraction * 100, 1, "%", "The largest of the averages: quick to rise, slow to fall.")
        {
            Tolerance = 0.3,
            Traps =
            [
                new(Math.Min(estimate.Slow, estimate.Fast) * 100, "took the smaller average", "The largest counts, so that memory is not taken too early."),
                new(touched[^1], "took the last sample", "One sample alone would make the estimate jump."),
                new((estimate.Slow + estimate.Fast) * 50, "took their mean", "The largest of the averages counts, not their mean."),
                new(touched.Average(), "averaged the samples", "The averages are moving ones: later periods weigh more."),
            ],
            Worked = [.. worked, $"the larger: {estimate.ActiveFraction * 100:0.0} %"],
        };
    }
}
