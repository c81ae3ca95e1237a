using EsxCourse.Exercises.Tax;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Checks;

/// <summary>What a check measured, and the parts of its points that it gives.</summary>
public sealed class FigureTests
{
    /// <summary>Gives so many parts of four and measures something.</summary>
    private sealed class Parts(int earned) : Check<IMemoryTax>
    {
        public override string Hint => "Think.";

        protected override void Run(IMemoryTax student, CheckRun run)
        {
            run.Step("at the end");
            run.Figure("speed", 12.345, "pages/s");
            run.Figure("size", 20.001, "");
            run.Earn(earned, 4, "only some of it is there");
        }
    }

    /// <summary>Measures, and fails then.</summary>
    private sealed class FailsLater : Check<IMemoryTax>
    {
        public override string Hint => "Think.";

        protected override void Run(IMemoryTax student, CheckRun run)
        {
            run.Figure("speed", 1, "");
            run.True(false, "it broke");
        }
    }

    private static async Task<CheckReport> GradeAsync(Check check, int points)
    {
        Course.RequireSandbox();
        Exercise exercise = Course.Tax with { Checks = [new ExerciseCheck("c", points, true, check)] };
        Submission submission = new("ada", exercise, [new SourceFile("Tax.cs", await File.ReadAllTextAsync(exercise.ReferencePath, TestContext.Current.CancellationToken))]);
        ClassReport report = await new ClassGrader(Course.Exercises, new GradingOptions { Secret = Course.Secret, Jobs = 1 }).GradeAsync([submission], progress: null, TestContext.Current.CancellationToken);
        return Assert.Single(Assert.Single(report.Submissions).Checks);
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(1, 10, 2)]
    [InlineData(3, 10, 7)]
    [InlineData(3, 4, 3)]
    public async Task A_check_gives_a_part_of_its_points_rounded_down_and_says_why_no_more(int earned, int points, int expected)
    {
        CheckReport report = await GradeAsync(new Parts(earned), points);
        Assert.Equal((expected, points, CheckOutcome.WrongAnswer, "At the end: only some of it is there.", "Think."), (report.Points, report.Max, report.Outcome, report.Reason, report.Hint));
        Assert.Equal(["speed 12.34 pages/s", "size 20"], report.Figures!.Value.Select(f => f.ToString()));
    }

    [Fact]
    public async Task All_parts_are_all_points_and_the_figures_are_told()
    {
        CheckReport report = await GradeAsync(new Parts(4), 10);
        Assert.Equal((10, CheckOutcome.Passed, "As expected: speed 12.34 pages/s, size 20.", null), (report.Points, report.Outcome, report.Reason, report.Hint));
    }

    [Fact]
    public async Task A_check_that_fails_has_measured_nothing() => Assert.Null((await GradeAsync(new FailsLater(), 4)).Figures);

    [Theory]
    [InlineData("throughput", 98.25, "% of ESX's")]
    [InlineData("a b", -1, "")]
    [InlineData("zero", 0, "pages")]
    public void A_figure_comes_back_from_its_line(string name, double value, string unit)
    {
        Figure figure = Figure.Of(name, value, unit);
        Assert.Equal(figure, Figure.Read(figure.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no figure")]
    [InlineData("x = much")]
    public void Other_lines_are_no_figures(string line) => Assert.Null(Figure.Read(line));

    [Theory]
    [InlineData("", 1, "")]
    [InlineData("a = b", 1, "")]
    [InlineData("a", double.NaN, "")]
    [InlineData("a", double.PositiveInfinity, "")]
    [InlineData("a", 1, "x\ny")]
    public void A_figure_that_cannot_be_kept_is_refused(string name, double value, string unit) => Assert.Throws<ArgumentException>(() => Figure.Of(name, value, unit));
}
