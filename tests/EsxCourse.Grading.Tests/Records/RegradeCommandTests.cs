using EsxCourse.Gradebook;
using EsxCourse.Grading.Submissions;
using EsxCourse.Grading.Tests.Attacks;

namespace EsxCourse.Grading.Tests.Records;

/// <summary><c>esx grade --regrade</c> on a gradebook in which an earlier grading, a late policy and a person have left their marks.</summary>
public sealed class RegradeCommandTests : IDisposable
{
    private readonly TemporaryFolder place = GradeCommandRun.Place();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_changed_grade_shows_its_difference_and_what_a_person_gave_survives_it()
    {
        Course.RequireSandbox();
        place.Write("class/ann.cs", await File.ReadAllTextAsync(Repository.Path("exercises", "sample-class", "ada", "IdleMemoryTax.cs"), Now));
        Submission ann = Assert.Single(SubmissionFolder.Read(place.File("class"), Course.Exercises));
        await RecordAnOlderGradeAsync(ann);
        string[] rules =
        [
            "--policy", place.Write("policy.yaml", "default: { late: { penaltyPerDay: 10% } }\nassignments:\n  07-idle-memory-tax: { due: 2026-11-20T12:00:00Z }\n"),
            "--times", place.Write("times.yaml", "ann: 2026-11-21T18:00:00Z\n"),
        ];

        Assert.Contains("0 graded; 1 had a result already", await GradeAsync(rules), StringComparison.Ordinal);
        // Two of 25 points, and two days at 2.5 cost them; the person's 1.5 come after that.
        Assert.Contains("Score: 1.5 of 25.", await PageAsync(), StringComparison.Ordinal);

        string output = await GradeAsync([.. rules, "--regrade"]);
        Assert.Contains("Changed: ann 07-idle-memory-tax: 2 → 25 (", output, StringComparison.Ordinal);
        Assert.Contains("the next victim 0/3 → 3/3", output, StringComparison.Ordinal);
        Assert.Contains("1 graded again: 1 grades changed, 0 only in words.", output, StringComparison.Ordinal);
        Assert.Contains("| the next victim | 0 of 3. Not written yet. | 3 of 3. As expected. |", await File.ReadAllTextAsync(place.File("class-out/changes.md"), Now), StringComparison.Ordinal);
        string page = await PageAsync();
        Assert.Contains("2 days late: -5.", page, StringComparison.Ordinal);
        Assert.Contains("+1.5 (Emma): right idea", page, StringComparison.Ordinal);
        Assert.Contains("Score: 21.5 of 25.", page, StringComparison.Ordinal);

        Assert.DoesNotContain("Changed:", await GradeAsync([.. rules, "--regrade"]), StringComparison.Ordinal);
        await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync(place.File("class-out/gradebook.db"), cancellation: Now);
        Assert.Equal([2m, 25m], Assert.Single((await gradebook.ReadAsync(Now)).Attempts).History.Select(r => r.Result.Points));
    }

    /// <summary>As if an earlier version of the checks had found the reference wrong but for its first check.</summary>
    private async Task RecordAnOlderGradeAsync(Submission submission)
    {
        place.Folder("class-out");
        await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(place.File("class-out/gradebook.db"), cancellation: Now);
        await gradebook.DescribeAsync(new Assignment(submission.Exercise.Slug, submission.Exercise.Title, AssignmentKind.Exercise, submission.Exercise.Version, submission.Exercise.MaxPoints), Now);
        Result older = new(submission.Exercise.Version, Verdict.Graded,
            [.. submission.Exercise.Checks.Select((c, i) => new CheckResult(c.Name, c.Name, i == 0 ? c.Points : 0, c.Points) { Reason = i == 0 ? "As expected." : "Not written yet." })])
        {
            Reason = "1 of 9 checks passed.",
        };
        await gradebook.RecordAsync(new Attempt(submission.Student, submission.Exercise.Slug, submission.Hash(), submission.HandIn.At), older, Now);
        await gradebook.AdjustAsync(new Adjustment(submission.Student, submission.Exercise.Slug, AdjustmentKind.Add, 1.5m, "right idea", "Emma"), Now);
    }

    private Task<string> PageAsync() => File.ReadAllTextAsync(place.File("class-out/students/ann/07-idle-memory-tax.md"), Now);

    private async Task<string> GradeAsync(string[] more)
    {
        (int exitCode, string output, string errors) = await GradeCommandRun.RunAsync(GradeCommandRun.Of(place.Path, "class", asPlainUser: false, more));
        Assert.True(exitCode == 0, errors);
        return output;
    }
}
