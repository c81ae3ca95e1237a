using EsxCourse.Memory.Allocation;

namespace EsxCourse.Memory.Tests.Allocation;

public sealed class ActiveMemoryEstimateTests
{
    private static ActiveMemoryEstimate After(params double[] periods)
    {
        ActiveMemoryEstimate estimate = new();
        foreach (double touched in periods)
            estimate.PeriodEnded(touched);
        return estimate;
    }

    [Fact]
    public void A_VM_that_nobody_knows_counts_as_active() => Assert.Equal(1, After().ActiveFraction);

    [Fact]
    public void It_rises_to_nine_tenths_of_a_step_within_two_periods()
    {
        double[] idle = [.. Enumerable.Repeat(0.0, 60)];
        Assert.True(After([.. idle, 0.8, 0.8]).ActiveFraction >= 0.9 * 0.8);
    }

    [Fact]
    public void It_falls_by_a_quarter_a_period()
    {
        ActiveMemoryEstimate estimate = After([.. Enumerable.Repeat(0.8, 60)]);
        estimate.PeriodEnded(0);
        Assert.Equal(0.8 * 0.75, estimate.ActiveFraction, 6);
        estimate.PeriodEnded(0);
        Assert.Equal(0.8 * 0.75 * 0.75, estimate.ActiveFraction, 6);
    }

    [Fact]
    public void It_rises_within_the_period_under_way()
    {
        ActiveMemoryEstimate estimate = After([.. Enumerable.Repeat(0.0, 60)]);
        estimate.PeriodSoFar(0.4);
        Assert.Equal(0.3, estimate.ActiveFraction, 6);
        Assert.Equal(0, estimate.Fast, 6);
    }
}
