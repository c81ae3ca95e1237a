using EsxCourse.Contracts;

namespace EsxCourse.Gradebook.Tests;

/// <summary>Grading again: old to new per check, nothing lost, and what a person decided stays.</summary>
public sealed class RegradeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_changed_grade_shows_what_changed()
    {
        await using CourseGradebook gradebook = await RecordedAsync(Example.Result(6, 4));
        ResultDiff diff = (await gradebook.RegradeAsync(Example.Attempt(), Example.Result(6, 1), Now))!;
        Assert.True(diff.ChangesGrade);
        Assert.Equal("ann 07-idle-memory-tax: 10 → 7 (tau-zero 4/4 → 1/4)", diff.ToString());
    }

    [Fact]
    public async Task An_equal_result_is_not_recorded_again()
    {
        await using CourseGradebook gradebook = await RecordedAsync(Example.Result(6, 4));
        Assert.True((await gradebook.RegradeAsync(Example.Attempt(), Example.Result(6, 4), Now))!.IsEmpty);
        Assert.Single((await ReadAsync(gradebook)).History);
    }

    [Fact]
    public async Task Another_wording_is_recorded_and_changes_no_grade()
    {
        await using CourseGradebook gradebook = await RecordedAsync(Example.Result(6, 4));
        ResultDiff diff = (await gradebook.RegradeAsync(Example.Attempt(), Example.Result(6, 4) with { Reason = "well done" }, Now))!;
        Assert.False(diff.IsEmpty);
        Assert.False(diff.ChangesGrade);
        Assert.Equal("well done", (await ReadAsync(gradebook)).Standing.Result.Reason);
    }

    [Fact]
    public async Task A_fault_during_a_regrade_is_recorded_and_leaves_the_grade()
    {
        await using CourseGradebook gradebook = await RecordedAsync(Example.Result(6, 4));
        ResultDiff diff = (await gradebook.RegradeAsync(Example.Attempt(), Example.Fault(), Now))!;
        Assert.False(diff.ChangesGrade);
        RecordedAttempt read = await ReadAsync(gradebook);
        Assert.Equal(2, read.History.Count);
        Assert.Equal(10, read.Standing.Result.Points);
    }

    [Fact]
    public async Task The_whole_history_can_be_told_from_what_stood_to_what_came()
    {
        await using CourseGradebook gradebook = await RecordedAsync(Example.Result(6, 4));
        await gradebook.RegradeAsync(Example.Attempt(), Example.Fault(), Now);
        await gradebook.RegradeAsync(Example.Attempt(), Example.Result(2, 4), Now);
        Assert.Equal(
            [
                "ann 07-idle-memory-tax: 10 → 0, Graded → GraderFault (formula 6/6 → none; tau-zero 4/4 → none)",
                "ann 07-idle-memory-tax: 10 → 6 (formula 6/6 → 2/6)",
            ],
            (await ReadAsync(gradebook)).Changes.Select(change => change.ToString()));
    }

    [Fact]
    public async Task A_first_result_has_nothing_to_differ_from()
    {
        await using CourseGradebook gradebook = await Example.OpenAsync(folder.File("grades.db"));
        Assert.Null(await gradebook.RegradeAsync(Example.Attempt(), Example.Result(6, 4), Now));
        Assert.Single((await ReadAsync(gradebook)).History);
    }

    [Fact]
    public async Task What_a_person_adjusted_survives_a_regrade()
    {
        await using CourseGradebook gradebook = await RecordedAsync(Example.Result(3, 4));
        Adjustment adjustment = new("ann", Example.Tax.Slug, AdjustmentKind.Add, 1.5m, "right idea\nin words", "Emma") { Check = "formula", SubmissionHash = "h1" };
        await gradebook.AdjustAsync(adjustment, Now);
        await gradebook.RegradeAsync(Example.Attempt(), Example.Result(0, 0), Now);
        Assert.Equal(adjustment, Assert.Single((await gradebook.ReadAsync(Now)).Adjustments) with { At = default });
    }

    [Theory]
    [InlineData("bob", "07-idle-memory-tax", null, null, "c", "e", "bob: is no student of course 'esx'")]
    [InlineData("ann", "08", null, null, "c", "e", "08: is no assignment of course 'esx'")]
    [InlineData("ann", "07-idle-memory-tax", "wrong", null, "c", "e", "wrong: is no check of 07-idle-memory-tax")]
    [InlineData("ann", "07-idle-memory-tax", null, "h9", "c", "e", "h9: is no submission of ann")]
    [InlineData("ann", "07-idle-memory-tax", null, null, " ", "e", "--comment: is empty")]
    [InlineData("ann", "07-idle-memory-tax", null, null, "c", "", "--by: is empty")]
    public async Task An_adjustment_of_what_is_not_there_is_refused(string student, string assignment, string? check, string? hash, string comment, string by, string expected)
    {
        await using CourseGradebook gradebook = await RecordedAsync(Example.Result(3, 4));
        Adjustment adjustment = new(student, assignment, AdjustmentKind.Add, 1, comment, by) { Check = check, SubmissionHash = hash };
        var bad = await Assert.ThrowsAsync<BadInputException>(() => gradebook.AdjustAsync(adjustment, Now));
        Assert.StartsWith(expected, bad.Message, StringComparison.Ordinal);
        Assert.Empty((await gradebook.ReadAsync(Now)).Adjustments);
    }

    private async Task<CourseGradebook> RecordedAsync(Result result)
    {
        CourseGradebook gradebook = await Example.OpenAsync(folder.File("grades.db"));
        await gradebook.RecordAsync(Example.Attempt(), result, Now);
        return gradebook;
    }

    private static async Task<RecordedAttempt> ReadAsync(CourseGradebook gradebook) => Assert.Single((await gradebook.ReadAsync(Now)).Attempts);
}
