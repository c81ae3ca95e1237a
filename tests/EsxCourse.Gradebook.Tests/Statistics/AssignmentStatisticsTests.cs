using EsxCourse.Gradebook.Scoring;
using EsxCourse.Gradebook.Statistics;

namespace EsxCourse.Gradebook.Tests.Statistics;

/// <summary>A class's figures, worked by hand.</summary>
public sealed class AssignmentStatisticsTests
{
    // Four students: 10, 7, 4, 0 of 10. Formula 6 6 3 0, boundary 4 1 1 0.
    private static readonly GradebookContent Four = Class(Example.Result(6, 4), Example.Result(6, 1), Example.Result(3, 1), Example.Result(0, 0));

    // Mean 21/4; variance (4.75² + 1.75² + 1.25² + 5.25²)/4 = 54.75/4 = 13.6875, its root 3.69966; quartiles at ranks 0.75, 1.5, 2.25 of 0 4 7 10.
    [Fact]
    public void The_scores_of_a_class_are_described() =>
        Assert.Equal(new Distribution(4, 5.25m, 3.6997m, 0, 3, 5.5m, 7.75m, 10), AssignmentStatistics.OfAll(Four)[0].Scores);

    [Fact]
    public void The_histogram_has_ten_bars_and_the_last_holds_full_marks() => Assert.Equal([1, 0, 0, 0, 1, 0, 0, 1, 0, 1], AssignmentStatistics.OfAll(Four)[0].Histogram);

    // Formula: 15 of 24 points, difficulty 0.625; two have all, one has none.
    // With the other check (4 1 1 0): means 3.75 and 1.5; products 2.25·2.5 + 2.25·-0.5 + -0.75·-0.5 + -3.75·-1.5 = 10.5;
    // squares 24.75 and 9; 10.5 / √222.75 = 0.70353.
    [Fact]
    public void A_check_tells_its_difficulty_and_how_well_it_discriminates()
    {
        CheckStatistics formula = AssignmentStatistics.OfAll(Four)[0].Checks[0];
        Assert.Equal(("formula", 6, 2, 1, 0.625m, 0.7035m), (formula.Id, formula.Max, formula.Full, formula.None, formula.Difficulty, formula.Discrimination));
    }

    [Fact]
    public void A_check_that_everybody_passes_does_not_discriminate() =>
        Assert.Null(AssignmentStatistics.OfAll(Class(Example.Result(6, 4), Example.Result(6, 0)))[0].Checks[0].Discrimination);

    [Fact]
    public void Answers_are_counted_the_most_frequent_first()
    {
        Assert.Equal([("page out twice", 2), ("<script>alert(1)</script>", 1)], AssignmentStatistics.OfAll(Classroom.Content)[1].Checks[0].Responses);
        Assert.Equal([("swap", 2), ("@SUM(A1)", 1)], AssignmentStatistics.OfAll(Classroom.Content)[1].Checks[1].Responses);
    }

    [Fact]
    public void A_fault_of_the_grader_is_counted_and_pulls_no_mean_down()
    {
        AssignmentStatistics tax = AssignmentStatistics.OfAll(Class(Example.Result(6, 4), Example.Fault()))[0];
        Assert.Equal([(Verdict.Graded, 1), (Verdict.GraderFault, 1)], tax.Verdicts);
        Assert.Equal((1, 10), (tax.Scores!.Count, tax.Scores.Mean));
    }

    [Fact]
    public void Who_handed_nothing_in_is_counted_apart()
    {
        AssignmentStatistics quiz = AssignmentStatistics.OfAll(Four)[1];
        Assert.Equal(4, quiz.NotHandedIn);
        Assert.Null(quiz.Scores);
        Assert.Empty(quiz.Checks);
    }

    private static GradebookContent Class(params Result[] results) => new(
        "esx",
        [.. results.Select((_, index) => new Student($"s{index}", $"s{index}"))],
        [Example.Tax, Example.Quiz],
        [.. results.Select((result, index) => new RecordedAttempt(Example.Attempt($"s{index}"), [new RecordedResult(result, 1, Example.Noon)]))],
        [],
        Policy.None);
}
