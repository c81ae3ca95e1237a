using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>Limits that no call of its own breaks: what is summed up over a submission, and what an earlier run told.</summary>
public sealed class CountedLimitsTests
{
    private static Exercise Tax => Course.Exercises.Find("07-idle-memory-tax");

    private static string Rest => File.ReadAllText(Path.Combine(Attack.Folder, "shared/Rest.cs"));

    private static async Task<SubmissionReport> GradeAsync(Exercise exercise, string text, bool isUnsafe = false)
    {
        Submission submission = new("eve", exercise, [new SourceFile("Attack.cs", text), new SourceFile("Rest.cs", Rest)]);
        ClassGrader grader = new(Course.Exercises, new GradingOptions { Secret = Course.Secret, Jobs = 1, Unsafe = isUnsafe });
        return (await grader.GradeAsync([submission], progress: null, TestContext.Current.CancellationToken)).Submissions.Single();
    }

    [Fact]
    public async Task Who_sleeps_a_little_in_every_call_keeps_the_grader_only_so_long()
    {
        Course.RequireSandbox();
        SubmissionReport report = await GradeAsync(
            Tax with { Limits = new ExerciseLimits { CallSeconds = 2 } },
            "public sealed partial class Attack { public double IdlePageCost(int t) { System.Threading.Thread.Sleep(1500); return 100.0 / (100 - t); } }");
        Assert.Equal((0, Verdict.RanOutOfLimits), (report.Points, report.Verdict));
        Assert.Contains("kept the grader waiting for more than 4 s in all", report.Summary, StringComparison.Ordinal);
        Assert.Contains(report.Checks, c => c.Reason == "Not run: earlier checks used up the submission's waiting time.");
    }

    [Fact]
    public async Task Threads_are_counted_from_outside_too()
    {
        // Without a sandbox nothing else limits them.
        SubmissionReport report = await GradeAsync(
            Tax,
            "using System.Threading; public sealed partial class Attack { public double IdlePageCost(int t) { for (int i = 0; i < 100; i++) new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = true }.Start(); Thread.Sleep(2000); return 0; } }",
            isUnsafe: true);
        Assert.Contains("your code started more than 64 threads", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_feedback_on_earlier_runs_tells_earns_nothing_in_the_next()
    {
        Course.RequireSandbox();
        Dictionary<string, string> told = [];
        for (int run = 0; run < 4; run++)
        {
            string table = string.Concat(told.Select(t => $"{t.Key} => {t.Value}, "));
            SubmissionReport report = await GradeAsync(Tax, $"public sealed partial class Attack {{ public double IdlePageCost(int t) => t switch {{ {table}_ => 0 }}; }} // run {run}");
            Assert.Equal(0, report.Points);
            System.Text.RegularExpressions.Match match = System.Text.RegularExpressions.Regex.Match(report.Checks[0].Reason, @"τ = (\d+) % should be ([\d.]+), your");
            Assert.True(match.Success, report.Checks[0].Reason);
            told[match.Groups[1].Value] = match.Groups[2].Value;
        }
    }
}
