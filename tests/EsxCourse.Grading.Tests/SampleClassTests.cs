using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests;

/// <summary>The sample class, graded once for all tests: by two jobs and again by one whole, and by one job without its four hostile or broken members.</summary>
public sealed class SampleClass : IAsyncLifetime
{
    public static readonly string[] Honest = ["ada", "ben", "chen"];

    public ClassReport Whole { get; private set; } = new([]);

    public ClassReport Again { get; private set; } = new([]);

    public ClassReport HonestOnly { get; private set; } = new([]);

    public async ValueTask InitializeAsync()
    {
        Course.RequireSandbox();
        string folder = Repository.Path("exercises", "sample-class");
        Whole = await Grader(jobs: 2).GradeAsync(folder);
        Again = await Grader(jobs: 1).GradeAsync(folder);
        using TemporaryFolder honest = new();
        foreach (string student in Honest)
            honest.Write($"{student}/IdleMemoryTax.cs", File.ReadAllText(Path.Combine(folder, student, "IdleMemoryTax.cs")));
        HonestOnly = await Grader(jobs: 1).GradeAsync(honest.Path);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public SubmissionReport Of(string student) => Whole.Submissions.Single(s => s.Student == student);

    private static ClassGrader Grader(int jobs) => new(Course.Exercises, new GradingOptions { Secret = Course.Secret, Jobs = jobs });
}

public sealed class SampleClassTests(SampleClass sample) : IClassFixture<SampleClass>
{
    [Fact]
    public void Graded_again_by_another_number_of_jobs_the_class_gets_the_same_bytes_its_runaway_too() =>
        Assert.Equal(ClassReportJson.Write(sample.Whole), ClassReportJson.Write(sample.Again));

    [Fact]
    public void A_good_solution_gets_all_points() => Assert.All(sample.Of("ada").Checks, c => Assert.Equal((c.Max, "As expected."), (c.Points, c.Reason)));

    [Fact]
    public void Holding_f_fixed_loses_exactly_the_checks_that_take_pages() =>
        Assert.Equal(["page by page", "when nothing is taken", "any market"], sample.Of("ben").Checks.Where(c => c.Points == 0).Select(c => c.Name));

    [Fact]
    public void An_unfinished_solution_gets_the_points_of_what_it_has() =>
        Assert.Equal(["idle page cost", "the slides' VM", "the next victim"], sample.Of("chen").Checks.Where(c => c.Points > 0).Select(c => c.Name));

    [Fact]
    public void The_slides_bill_is_told_from_the_papers() =>
        Assert.Equal("The slides' VM, τ = 80 %: the bill for active pages should be 7.89474, your answer is 30.", sample.Of("chen").Checks.Single(c => c.Name == "the whole bill").Reason);

    [Theory]
    [InlineData("dora", Verdict.SubmissionFailed, "It does not compile: IdleMemoryTax.cs:3: CS0535")]
    [InlineData("emil", Verdict.SubmissionFailed, "your code threw ArgumentOutOfRangeException in IdlePageCost (IdleMemoryTax.cs, line 8)")]
    [InlineData("fatima", Verdict.RanOutOfLimits, "your code used more than 0.5 s of CPU time in one call.")]
    [InlineData("gus", Verdict.SubmissionFailed, "your code ended itself with exit code 0 instead of answering.")]
    [InlineData("hana", Verdict.Graded, "k at τ = 0 % should be 1, your answer is 0.")]
    public void Who_fails_gets_nothing_and_a_sentence_that_says_why(string student, Verdict verdict, string sentence)
    {
        SubmissionReport report = sample.Of(student);
        Assert.Equal((0, verdict), (report.Points, report.Verdict));
        Assert.Contains(sentence, report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compile_error_stands_at_the_students_own_line() =>
        Assert.Contains(sample.Of("dora").CompileErrors, e => e is { File: "IdleMemoryTax.cs", Line: 5 });

    [Fact]
    public void Every_submission_has_a_reason_for_every_check() =>
        Assert.All(sample.Whole.Submissions, s =>
        {
            Assert.Equal(9, s.Checks.Length);
            Assert.All(s.Checks, c => Assert.NotEmpty(c.Reason));
        });

    [Fact]
    public void Grades_do_not_change_when_the_hostile_are_taken_away_or_the_jobs_are_fewer() =>
        Assert.Equal(
            ClassReportJson.Write(sample.HonestOnly),
            ClassReportJson.Write(new ClassReport([.. sample.Whole.Submissions.Where(s => SampleClass.Honest.Contains(s.Student))])));
}
