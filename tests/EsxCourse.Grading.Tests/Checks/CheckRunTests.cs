using EsxCourse.Grading.Checks;

namespace EsxCourse.Grading.Tests.Checks;

/// <summary>What a check run tells of its steps, and to whom.</summary>
public sealed class CheckRunTests
{
    [Fact]
    public void A_failing_sequence_is_shown_item_by_item_with_the_first_difference_marked()
    {
        CheckRun run = New(tells: true);
        run.Step("target 2");
        Assert.Throws<CheckFailedException>(() => run.SameSequence(["asks", "takes", "offers"], (string[])["asks", "offers"], "step"));
        Assert.Equal(
            [
                new PlayedStep("step 1", "", "asks", "asks", false),
                new PlayedStep("step 2", "", "takes", "offers", true),
                new PlayedStep("step 3", "", "offers", "", false),
            ],
            run.Played!.Value);
    }

    [Fact]
    public void Of_the_steps_before_a_failure_each_shows_what_it_compared_first()
    {
        CheckRun run = New(tells: true);
        run.Step("read");
        run.Equal("fault", "fault", "the outcome");
        run.Equal(1, 1, "the count");
        run.Step("write");
        Assert.Throws<CheckFailedException>(() => run.Equal(2, 3, "the count"));
        Assert.Equal([new PlayedStep("read", "the outcome", "fault", "fault", false), new PlayedStep("write", "the count", "2", "3", true)], run.Played!.Value);
    }

    [Fact]
    public void A_hidden_check_tells_no_steps()
    {
        CheckRun run = New(tells: false);
        run.Step("read");
        Assert.Throws<CheckFailedException>(() => run.Equal(2, 3, "the count"));
        Assert.Null(run.Played);
    }

    private static CheckRun New(bool tells) => new(Inputs.For([], "test"), () => new object(), () => new object(), tells);
}
