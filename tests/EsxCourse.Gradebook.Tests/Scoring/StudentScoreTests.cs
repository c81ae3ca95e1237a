using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook.Tests.Scoring;

/// <summary>Scores worked by hand. The exercise has ten points and is due at <see cref="Example.Noon"/>; a day costs a tenth.</summary>
public sealed class StudentScoreTests
{
    private static readonly Student Ann = new("ann", "Ann");

    private static Policy Tenth(AttemptChoice counts = AttemptChoice.Best, int freeDays = 0, LateRule? late = null, int? attempts = null)
    {
        AssignmentRule rule = new() { Due = Example.Noon, Counts = counts, Attempts = attempts, Late = late ?? new LateRule { PenaltyPerDay = 0.1m } };
        return new Policy { FreeDays = freeDays, Assignments = new Dictionary<string, AssignmentRule> { [Example.Tax.Slug] = rule, [Example.Quiz.Slug] = rule with { Due = Example.Noon.AddDays(7) } } };
    }

    [Fact]
    public void A_score_is_the_sum_of_the_checks() => Assert.Equal(7, Score(Policy.None, Handed("h1", 0, 6, 1)));

    [Fact]
    public void Nothing_handed_in_is_no_score_and_counts_nothing()
    {
        StudentScore score = StudentScore.Of(Ann, [Example.Tax, Example.Quiz], [Handed("h1", 0, 6, 1)], [], Policy.None);
        Assert.Equal([7, null], score.Assignments.Select(assignment => assignment.Score));
        Assert.Equal((7, 14), (score.Total, score.Max));
    }

    [Fact]
    public void Negative_marks_do_not_reach_below_zero() => Assert.Equal(0, Score(Policy.None, Handed("h1", 0, -3, 1)));

    // 25 hours late: the second day has begun. 10 - 2 x 10 % of 10 = 8.
    [Fact]
    public void A_late_day_that_has_begun_counts() => Assert.Equal(8, Score(Tenth(), Handed("h1", 25, 6, 4)));

    [Fact]
    public void Exactly_at_the_due_moment_is_in_time() => Assert.Equal(10, Score(Tenth(), Handed("h1", 0, 6, 4)));

    [Fact]
    public void Exactly_a_day_late_is_one_day() => Assert.Equal(9, Score(Tenth(), Handed("h1", 24, 6, 4)));

    // 24 h 10 min late with 15 min of grace is within one day of the grace's end.
    [Fact]
    public void Lateness_counts_from_the_end_of_the_grace()
    {
        Policy policy = Tenth(late: new LateRule { PenaltyPerDay = 0.1m, Grace = TimeSpan.FromMinutes(15) });
        Assert.Equal([10, 9], [Score(policy, Handed("h1", 0.25, 6, 4)), Score(policy, Handed("h1", 24 + 1 / 6.0, 6, 4))]);
    }

    // Two days late with 5 points: of the maximum 5 - 2 x 1 = 3, of what was earned 5 - 2 x 0.5 = 4.
    [Fact]
    public void The_penalty_is_part_of_the_maximum_or_of_what_was_earned() => Assert.Equal([3, 4],
        [Score(Tenth(), Handed("h1", 48, 5, 0)), Score(Tenth(late: new LateRule { PenaltyPerDay = 0.1m, PenaltyOf = PenaltyBase.Earned }), Handed("h1", 48, 5, 0))]);

    [Fact]
    public void A_penalty_takes_no_more_than_was_earned() => Assert.Equal(0, Score(Tenth(), Handed("h1", 24 * 6, 5, 0)));

    [Fact]
    public void Too_late_earns_nothing()
    {
        Policy policy = Tenth(freeDays: 9, late: new LateRule { PenaltyPerDay = 0.1m, MaximumDays = 2 });
        Assert.Equal([10, 0], [Score(policy, Handed("h1", 48, 6, 4)), Score(policy, Handed("h1", 49, 6, 4))]);
    }

    // Three free days. The exercise falls due first and is two days late: free. The quiz is three days late with 4 of 4: one day is left,
    // two cost 0.4 each: 3.2.
    [Fact]
    public void Free_days_are_spent_in_the_order_in_which_work_falls_due()
    {
        StudentScore score = StudentScore.Of(Ann, [Example.Tax, Example.Quiz],
            [Handed("h1", 48, 6, 4), Handed("h2", 24 * 10, 4, 0, Example.Quiz)], [], Tenth(freeDays: 3));
        Assert.Equal([10m, 3.2m], score.Assignments.Select(assignment => assignment.Score));
        Assert.Equal(0, score.FreeDaysLeft);
    }

    [Fact]
    public void Free_days_are_not_spent_where_they_save_nothing()
    {
        Policy policy = Tenth(freeDays: 3);
        Assert.Equal(3, StudentScore.Of(Ann, [Example.Tax], [Handed("h1", 48, 0, 0)], [], policy).FreeDaysLeft);
        Assert.Equal(3, StudentScore.Of(Ann, [Example.Tax], [Handed("h1", 48, 6, 4)], [], Tenth(freeDays: 3, late: new LateRule())).FreeDaysLeft);
    }

    [Fact]
    public void An_assignment_may_take_only_some_of_the_free_days()
    {
        StudentScore score = StudentScore.Of(Ann, [Example.Tax], [Handed("h1", 48, 6, 4)], [], Tenth(freeDays: 5, late: new LateRule { PenaltyPerDay = 0.1m, FreeDays = 1 }));
        Assert.Equal((9, 4), (score.Total, score.FreeDaysLeft));
    }

    [Fact]
    public void An_extension_moves_the_due_moment_of_one_student()
    {
        Policy policy = Tenth() with { Extensions = new Dictionary<(string, string), DateTimeOffset> { [("ann", Example.Tax.Slug)] = Example.Noon.AddDays(2) } };
        Assert.Equal(10, Score(policy, Handed("h1", 48, 6, 4)));
        Assert.Equal(8, StudentScore.Of(new Student("bob", "Bob"), [Example.Tax], [Handed("h1", 48, 6, 4)], [], policy).Total);
    }

    // In time 5; a day late 10 - 1 = 9; two days late 10 - 2 = 8.
    [Theory]
    [InlineData(AttemptChoice.Best, 9)]
    [InlineData(AttemptChoice.Last, 8)]
    [InlineData(AttemptChoice.First, 5)]
    public void The_policy_says_which_attempt_counts(AttemptChoice counts, int expected) =>
        Assert.Equal(expected, Score(Tenth(counts), Handed("h3", 48, 6, 4), Handed("h1", -1, 5, 0), Handed("h2", 24, 6, 4)));

    [Fact]
    public void Of_equally_good_attempts_the_earliest_counts() =>
        Assert.Equal("h1", StudentScore.Of(Ann, [Example.Tax], [Handed("h2", 5, 6, 4), Handed("h1", 1, 6, 4)], [], Policy.None).Assignments[0].Counting!.Recorded.Attempt.SubmissionHash);

    [Fact]
    public void Attempts_beyond_the_limit_do_not_count() =>
        Assert.Equal(2, Score(Tenth(attempts: 2), Handed("h1", -3, 1, 0), Handed("h2", -2, 2, 0), Handed("h3", -1, 6, 4)));

    [Fact]
    public void Practice_never_counts()
    {
        RecordedAttempt practice = Handed("h1", 0, 6, 4);
        Assert.Null(StudentScore.Of(Ann, [Example.Tax], [practice with { Attempt = practice.Attempt with { Kind = AttemptKind.Practice } }], [], Policy.None).Assignments[0].Score);
    }

    // formula 3 + 1 = 4, tau-zero 4, so 8; a day late 7; two more in the end 9.
    [Fact]
    public void A_changed_check_comes_before_the_penalty_and_a_changed_score_after_it() =>
        Assert.Equal(9, Score(Tenth(), [Add(1, "formula"), Add(2)], Handed("h1", 24, 3, 4)));

    [Fact]
    public void A_changed_check_says_who_changed_it_and_why() => Assert.Equal("k is missing\n+1 (Emma): because",
        StudentScore.Of(Ann, [Example.Tax], [Handed("h1", 0, 3, 4)], [Add(1, "formula")], Policy.None).Assignments[0].Counting!.Checks[0].Reason);

    [Fact]
    public void Setting_replaces_what_was_there_and_what_was_added_before() =>
        Assert.Equal(6, Score(Policy.None, [Add(9), Add(5) with { Kind = AdjustmentKind.Set }, Add(1)], Handed("h1", 0, 3, 4)));

    [Fact]
    public void Points_given_by_hand_may_exceed_the_maximum_and_may_not_leave_less_than_nothing() =>
        Assert.Equal([12, 0], [Score(Policy.None, [Add(2)], Handed("h1", 0, 6, 4)), Score(Policy.None, [Add(-20)], Handed("h1", 0, 6, 4))]);

    [Fact]
    public void Points_given_by_hand_need_no_submission() => Assert.Equal(4, Score(Policy.None, [Add(4)]));

    [Fact]
    public void An_adjustment_of_one_attempt_changes_no_other() =>
        Assert.Equal(7, Score(Policy.None, [Add(5) with { SubmissionHash = "h1" }, Add(1, "formula") with { SubmissionHash = "h1" }], Handed("h1", 0, 1, 0), Handed("h2", 1, 6, 1)));

    // 1/3 + 1/3 = 0.6666 as kept; 0.005 rounds away from zero.
    [Fact]
    public void Only_the_final_score_is_rounded() =>
        Assert.Equal([0.67m, 0.01m], [Score(Policy.None, Handed("h1", 0, 0.3333m, 0.3333m)), Score(Policy.None, Handed("h1", 0, 0.005m, 0))]);

    [Fact]
    public void A_fault_of_the_grader_scores_nothing_and_says_that_it_is_not_final()
    {
        AssignmentScore score = StudentScore.Of(Ann, [Example.Tax], [Recorded("h1", 0, Example.Fault())], [], Policy.None).Assignments[0];
        Assert.Equal((0, true), (score.Score, score.IsProvisional));
    }

    [Fact]
    public void An_answer_that_awaits_review_is_final_once_a_person_has_seen_it()
    {
        Result result = new(1, Verdict.AwaitsReview, [new CheckResult("q1", "", 1, 2) { Verdict = Verdict.AwaitsReview }, new CheckResult("q2", "", 2, 2)]);
        AssignmentScore Scored(params Adjustment[] adjustments) => StudentScore.Of(Ann, [Example.Quiz], [Recorded("h1", 0, result, Example.Quiz)], adjustments, Policy.None).Assignments[0];
        Assert.True(Scored().IsProvisional);
        Assert.True(Scored(Add(0, "q2", Example.Quiz)).IsProvisional);
        Assert.False(Scored(Add(0, "q1", Example.Quiz)).IsProvisional);
        Assert.False(Scored(Add(3, null, Example.Quiz) with { Kind = AdjustmentKind.Set }).IsProvisional);
    }

    [Fact]
    public void A_result_of_an_older_version_says_so() =>
        Assert.True(StudentScore.Of(Ann, [Example.Tax with { Version = 2 }], [Handed("h1", 0, 6, 4)], [], Policy.None).Assignments[0].IsOutdated);

    private static decimal Score(Policy policy, params RecordedAttempt[] attempts) => Score(policy, [], attempts);

    private static decimal Score(Policy policy, Adjustment[] adjustments, params RecordedAttempt[] attempts) =>
        StudentScore.Of(Ann, [Example.Tax], attempts, adjustments, policy).Assignments[0].Score!.Value;

    private static Adjustment Add(decimal points, string? check = null, Assignment? assignment = null) =>
        new("ann", (assignment ?? Example.Tax).Slug, AdjustmentKind.Add, points, "because", "Emma") { Check = check };

    private static RecordedAttempt Handed(string hash, double hoursAfterNoon, decimal formula, decimal boundary, Assignment? assignment = null) =>
        Recorded(hash, hoursAfterNoon, Example.Result(formula, boundary), assignment);

    private static RecordedAttempt Recorded(string hash, double hoursAfterNoon, Result result, Assignment? assignment = null) =>
        new(Example.Attempt("ann", hash, assignment, hoursAfterNoon), [new RecordedResult(result, 1, Example.Noon)]);
}
