using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>What must hold of every program of the corpus, whoever runs the grader.</summary>
public sealed class AttackCorpusTests(CorpusRun run) : IClassFixture<CorpusRun>
{
    [Fact]
    public void There_are_at_least_forty_attacks_and_all_of_them_were_graded() =>
        Assert.All(run.Outcomes, o => Assert.Equal(Math.Max(40, Attack.All.Count) + CorpusRun.OddUploads.Count, o.Hostile.Length));

    [Fact]
    public void Run_by_root_they_were_graded_as_a_plain_user_too() => Assert.Equal(Environment.IsPrivilegedProcess ? 2 : 1, run.Outcomes.Length);

    [Fact]
    public void No_attack_earns_a_point() => Assert.All(run.Outcomes.SelectMany(o => o.Hostile), s => Assert.Equal((s.Student, 0), (s.Student, s.Points)));

    [Fact]
    public void No_attack_breaks_the_grader() => Assert.All(run.Outcomes.SelectMany(o => o.Hostile), s => Assert.True(s.Verdict != Verdict.GraderBroke, $"{s.Student}: {s.Summary}"));

    [Fact]
    public void Nothing_of_the_graders_and_nothing_of_another_submission_is_read() => Assert.All(run.Outcomes, o => Assert.Empty(o.Leaks));

    [Fact]
    public void Nothing_is_written_outside() => Assert.All(run.Outcomes, o => Assert.False(o.WroteOutside));

    [Fact]
    public void No_process_is_left() => Assert.Empty(run.LeftOver);

    [Fact]
    public void The_honest_get_the_same_bytes_as_without_them() =>
        Assert.All(run.Outcomes, o => Assert.Equal(ClassReportJson.Write(o.HonestOnly), ClassReportJson.Write(new ClassReport([.. o.Whole.Submissions.Except(o.Hostile)]))));

    [Fact]
    public void Every_author_reads_what_happened_in_a_sentence_of_one_plain_line() =>
        Assert.All(run.Outcomes, o =>
        {
            foreach (Attack attack in Attack.All)
                Tells(o, attack.Student, attack.Expected);
            foreach ((string student, string sentence) in CorpusRun.OddUploads)
                Tells(o, student, sentence);
        });

    /// <summary>Holds that one of these sentences is in what a student reads.</summary>
    private static void Tells(CorpusOutcome outcome, string student, params string[] sentences)
    {
        // A name that is no plain line is reported as one, with a mark that keeps it apart from others.
        SubmissionReport report = outcome.Hostile.Single(r => r.Student == student || (student.Any(char.IsControl) && r.Student.StartsWith(student[..student.IndexOf('\n')], StringComparison.Ordinal)));
        string[] told = [report.Summary, .. report.Checks.Select(c => c.Reason), .. report.CompileErrors.Select(e => e.ToString())];
        Assert.True(told.Any(t => sentences.Any(s => t.Contains(s, StringComparison.Ordinal))), $"{student}: {report.Summary}");
        Assert.All(told, t => Assert.InRange(t.Length, 5, 600));
        Assert.All(told, t => Assert.DoesNotContain(t, char.IsControl));
    }
}
