using System.Collections.Immutable;
using EsxCourse.Exercises.Tax;
using EsxCourse.Gradebook;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Records;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;
using Verdict = EsxCourse.Grading.Reports.Verdict;

namespace EsxCourse.Grading.Tests.Records;

/// <summary>Leaderboards follow from the figures that were recorded.</summary>
public sealed class LeaderboardTests
{
    private static readonly Exercise Ranked = Course.Tax with
    {
        Checks = [new ExerciseCheck("measured", 4, true, new Measures())],
        Leaderboard = new Leaderboard(["speed", "care"], [new Landmark("the <usual>", [90, 60])]),
    };

    /// <summary>Speed is the cost of an idle page, so that solutions differ in it.</summary>
    private sealed class Measures : Check<IMemoryTax>
    {
        public override string Hint => "Think.";

        protected override void Run(IMemoryTax student, CheckRun run)
        {
            run.Figure("speed", student.IdlePageCost(75), "");
            run.Figure("care", 50, "%");
            run.True(true, "");
        }
    }

    private static SubmissionReport Of(string student, params (string Name, decimal Value)[] figures) => new(student, Ranked.Slug, 1, 4, Verdict.Graded, "", "",
        [new CheckReport("a", 1, 2, CheckOutcome.WrongAnswer, "", null) { Figures = figures.Length == 0 ? null : [.. figures.Take(2).Select(f => new Figure(f.Name, f.Value, ""))] },
         new CheckReport("b", 0, 2, CheckOutcome.WrongAnswer, "", null) { Figures = figures.Length < 3 ? null : [.. figures.Skip(2).Select(f => new Figure(f.Name, f.Value, ""))] }], []);

    [Fact]
    public void Figures_add_up_the_highest_total_comes_first_and_ties_go_by_name()
    {
        LeaderboardReport board = LeaderboardReport.Of(Ranked,
        [
            Of("zoe", ("speed", 100), ("care", 50)), Of("ann", ("speed", 40), ("care", 50), ("speed", 60), ("other", 1000)), Of("bob"), Of("cleo", ("speed", 10), ("care", 100.5m)),
        ])!;
        Assert.Equal(
            ["1 ann 100 50 = 150", "2 zoe 100 50 = 150", " the <usual> 90 60 = 150", "3 cleo 10 100.5 = 110.5"],
            board.Rows.Select(r => FormattableString.Invariant($"{r.Place} {r.Name} {r.Values[0]} {r.Values[1]} = {r.Total}")));
    }

    [Fact]
    public void Without_figures_or_without_a_board_there_is_none()
    {
        Assert.Null(LeaderboardReport.Of(Ranked, [Of("bob")]));
        Assert.Null(LeaderboardReport.Of(Course.Tax, [Of("zoe", ("speed", 1), ("care", 1))]));
    }

    [Fact]
    public async Task A_regrade_gives_the_same_leaderboard_in_every_report()
    {
        Course.RequireSandbox();
        using TemporaryFolder place = new();
        CancellationToken now = TestContext.Current.CancellationToken;
        string reference = await File.ReadAllTextAsync(Ranked.ReferencePath, now);
        ImmutableArray<Submission> submissions = [.. new[] { "ada", "b|en" }.Select(student => new Submission(student, Ranked, [new SourceFile("Tax.cs", reference)]))];
        await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(place.File("gradebook.db"), cancellation: now);
        ClassRecord record = new(new ClassGrader(Course.Exercises, new GradingOptions { Secret = Course.Secret, Jobs = 1 }), gradebook);
        GradedClass first = await record.GradeAsync(submissions, cancellation: now), kept = await record.GradeAsync(submissions, cancellation: now), again = await record.GradeAsync(submissions, regrade: true, cancellation: now);

        Assert.Equal((2, 0, 2), (first.Graded, kept.Graded, again.Graded));
        Assert.Empty(again.Changes);
        string json = ClassReportJson.Write(first.Report);
        Assert.Equal((json, json), (ClassReportJson.Write(kept.Report), ClassReportJson.Write(again.Report)));
        Assert.Equal(json, ClassReportJson.Write(ClassReportJson.Read(json)));
        string markdown = ClassPage.Markdown(first.Report);
        Assert.Contains($"## Leaderboard: {Ranked.Slug}", markdown, StringComparison.Ordinal);
        Assert.Contains("|  | *the &lt;usual>* | 90 | 60 | 150 |\n| 1 | ada | 4 | 50 | 54 |\n| 2 | b\\|en | 4 | 50 | 54 |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">1</td><td>ada</td><td class=\"n\">4</td><td class=\"n\">50</td><td class=\"n\">54</td>", ClassPage.Html(first.Report), StringComparison.Ordinal);
        Assert.Contains("<em>the &lt;usual&gt;</em>", ClassPage.Html(first.Report), StringComparison.Ordinal);
    }
}
