using EsxCourse.Contracts;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Memory.Tests.Reclamation;

public sealed class StateTransitionsTests
{
    // A machine of 1,000 pages: 60, 40, 20, 10, and a margin of 5.
    private static readonly StateThresholds Thresholds = StateThresholds.Paper(new PageCount(1000));

    private static ReclamationState Next(ReclamationState state, long free) => StateTransitions.Next(state, new PageCount(free), Thresholds);

    [Fact]
    public void The_papers_thresholds_are_6_4_2_and_1_percent() =>
        Assert.Equal(new StateThresholds(new(60), new(40), new(20), new(10), new(5)), Thresholds);

    [Theory]
    // Down, at once, as deep as need be; exactly at a threshold nothing happens.
    [InlineData(ReclamationState.High, 40, ReclamationState.High)]
    [InlineData(ReclamationState.High, 39, ReclamationState.Soft)]
    [InlineData(ReclamationState.High, 20, ReclamationState.Soft)]
    [InlineData(ReclamationState.High, 19, ReclamationState.Hard)]
    [InlineData(ReclamationState.High, 10, ReclamationState.Hard)]
    [InlineData(ReclamationState.High, 9, ReclamationState.Low)]
    [InlineData(ReclamationState.Soft, 20, ReclamationState.Soft)]
    [InlineData(ReclamationState.Soft, 19, ReclamationState.Hard)]
    [InlineData(ReclamationState.Soft, 9, ReclamationState.Low)]
    [InlineData(ReclamationState.Hard, 10, ReclamationState.Hard)]
    [InlineData(ReclamationState.Hard, 9, ReclamationState.Low)]
    [InlineData(ReclamationState.Low, 0, ReclamationState.Low)]
    // Up, one at a time, only beyond the threshold and the margin.
    [InlineData(ReclamationState.Low, 25, ReclamationState.Low)]
    [InlineData(ReclamationState.Low, 26, ReclamationState.Hard)]
    [InlineData(ReclamationState.Low, 1000, ReclamationState.Hard)]
    [InlineData(ReclamationState.Hard, 45, ReclamationState.Hard)]
    [InlineData(ReclamationState.Hard, 46, ReclamationState.Soft)]
    [InlineData(ReclamationState.Hard, 1000, ReclamationState.Soft)]
    [InlineData(ReclamationState.Soft, 65, ReclamationState.Soft)]
    [InlineData(ReclamationState.Soft, 66, ReclamationState.High)]
    public void Every_transition_is_as_the_table_has_it(ReclamationState state, long free, ReclamationState next) => Assert.Equal(next, Next(state, free));

    [Theory]
    [InlineData(ReclamationState.High, 40, ReclamationState.Soft)]
    [InlineData(ReclamationState.Soft, 20, ReclamationState.Hard)]
    [InlineData(ReclamationState.Hard, 10, ReclamationState.Low)]
    public void Free_memory_that_trembles_around_a_threshold_changes_the_state_once(ReclamationState state, long threshold, ReclamationState then)
    {
        int changes = 0;
        for (int i = 0; i < 1000; i++)
        {
            ReclamationState next = Next(state, threshold + (i % 7) - 3);
            changes += next != state ? 1 : 0;
            state = next;
        }

        Assert.Equal(1, changes);
        Assert.Equal(then, state);
    }

    [Fact]
    public void Below_the_threshold_that_LeftBelow_names_a_state_is_left()
    {
        foreach (ReclamationState state in Enum.GetValues<ReclamationState>())
        {
            long below = StateTransitions.LeftBelow(state, Thresholds).Value;
            Assert.True(Next(state, below) <= state);
            if (below > 0)
                Assert.True(Next(state, below - 1) > state);
        }
    }

    [Theory]
    [InlineData(100, 1638)] // facts §9
    [InlineData(4, 246)]    // 6 % of 4,096 = 245.76
    [InlineData(12, 574)]   // and 4 % of 8,192
    [InlineData(28, 902)]   // and 2 % of 16,384
    public void MinFree_slides_with_the_size_of_the_machine(long gigabytes, double megabytes) =>
        Assert.Equal(megabytes, StateThresholds.MinFree(new PageCount(gigabytes << 18)).Mebibytes, 1.0);

    [Fact]
    public void The_sliding_scheme_has_64_32_and_16_percent_of_minFree()
    {
        PageCount memory = new(100L << 18);
        StateThresholds sliding = StateThresholds.For(ThresholdScheme.SlidingMinFree, memory);
        double minFree = StateThresholds.MinFree(memory).Value;
        Assert.Equal([1, 0.64, 0.32, 0.16], new[] { sliding.High, sliding.Soft, sliding.Hard, sliding.Low }.Select(p => Math.Round(p.Value / minFree, 4)));
    }
}
