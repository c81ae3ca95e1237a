using EsxCourse.Contracts;
using EsxCourse.Quiz.Taking;

namespace EsxCourse.Quiz.Tests.Taking;

public sealed class QuizSessionTests
{
    private readonly ManualClock clock = new();

    private QuizSession Picked()
    {
        QuizSession session = new(Quizzes.Faux, clock);
        session.Pick(["balloon", "double-paging"]);
        return session;
    }

    [Fact]
    public void The_picked_questions_stand_in_the_order_of_the_quiz() => Assert.Equal(["double-paging", "balloon"], Picked().Picked);

    [Theory]
    [InlineData("balloon")]
    [InlineData("balloon", "balloon")]
    [InlineData("balloon", "double-paging", "interposition")]
    [InlineData("balloon", "ballon")]
    public void Not_exactly_two_different_known_questions_cannot_be_picked(params string[] ids) =>
        Assert.Throws<BadInputException>(() => new QuizSession(Quizzes.Faux, clock).Pick(ids));

    [Fact]
    public void Another_question_cannot_be_picked_once_an_answer_is_written()
    {
        QuizSession session = Picked();
        session.Write("balloon", "A driver …");
        Assert.Throws<BadInputException>(() => session.Pick(["interposition", "xen-memory"]));
    }

    [Fact]
    public void A_question_that_was_not_picked_cannot_be_answered() => Assert.Throws<BadInputException>(() => Picked().Write("interposition", "Traps."));

    [Fact]
    public void An_answer_within_the_grace_is_taken()
    {
        QuizSession session = Picked();
        clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(9));
        Assert.True(session.Write("balloon", "late but in time"));
    }

    [Fact]
    public void An_answer_after_the_grace_is_not_taken_and_the_earlier_one_stays()
    {
        QuizSession session = Picked();
        session.Write("balloon", "in time");
        clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(10));
        Assert.False(session.Write("balloon", "too late"));
        Assert.Equal("in time", session.HandIn().Answers["balloon"]);
    }

    [Fact]
    public void The_time_left_runs_down_to_zero_without_the_grace()
    {
        QuizSession session = Picked();
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(TimeSpan.FromMinutes(2), session.TimeLeft);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(TimeSpan.Zero, session.TimeLeft);
    }

    [Fact]
    public void A_picked_question_without_an_answer_is_handed_in_empty() => Assert.Equal("", Picked().HandIn().Answers["balloon"]);
}
