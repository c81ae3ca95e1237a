using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>
/// Every program of the corpus, in one class with two honest students, through the real <c>esx grade</c>: as whoever runs the tests and,
/// where that is root, as a plain user too.
/// </summary>
public sealed class AttackCorpusTests
{
    private const string Token = "canary-5f0e7c1d";

    private static string[] Attacks => [.. Directory.GetFiles(Repository.Path("tests/EsxCourse.Grading.Tests/Attacks/corpus"), "*.cs").Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_at_least_forty_attacks() => Assert.InRange(Attacks.Length, 40, 1000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_attack_earns_a_point_reads_or_writes_outside_or_changes_another_grade(bool asPlainUser)
    {
        Course.RequireSandbox();
        Assert.SkipWhen(asPlainUser && !Environment.IsPrivilegedProcess, "Only root can become a plain user; the other case has run as one.");
        using TemporaryFolder place = GradeCommandRun.Place();
        string canary = place.Write("secret/canary-secret.txt", Token), target = Path.Combine(place.Path, "owned.txt");
        foreach (string honest in new[] { "ada", "ben" })
            foreach (string folder in new[] { "class", "honest" })
                place.Write($"{folder}/{honest}.cs", File.ReadAllText(Repository.Path("exercises/sample-class", honest, "IdleMemoryTax.cs")));
        foreach (string attack in Attacks)
            place.Write($"class/x-{Path.GetFileName(attack)}", File.ReadAllText(attack).Replace("{CANARY}", canary, StringComparison.Ordinal).Replace("{TARGET}", target, StringComparison.Ordinal));
        if (asPlainUser)
            GradeCommandRun.MakeOpen(place.Path);

        ClassReport whole = await GradeCommandRun.GradeAsync(place.Path, "class", asPlainUser), honestOnly = await GradeCommandRun.GradeAsync(place.Path, "honest", asPlainUser);

        Assert.Equal(Attacks.Length + 2, whole.Submissions.Length);
        SubmissionReport[] hostile = [.. whole.Submissions.Where(s => s.Student.StartsWith("x-", StringComparison.Ordinal))];
        Assert.All(hostile, s => Assert.Equal((s.Student, 0), (s.Student, s.Points)));
        Assert.All(hostile, s => Assert.True(s.Verdict != Verdict.GraderBroke, $"{s.Student}: {s.Summary}"));
        Assert.All(hostile, s => Assert.All(s.Checks, c => Assert.InRange(c.Reason.Length, 5, 2000)));
        Assert.DoesNotContain(Token, ClassReportJson.Write(whole), StringComparison.Ordinal);
        Assert.False(File.Exists(target), "an attack wrote outside its sandbox");
        Assert.Equal(ClassReportJson.Write(honestOnly), ClassReportJson.Write(new ClassReport([.. whole.Submissions.Except(hostile)])));
        Assert.Empty(LeftOver());
    }

    /// <summary>Sandboxes of the <c>esx</c> that was run: their command line names its worker.</summary>
    private static IEnumerable<string> LeftOver()
    {
        string worker = Path.Combine(Path.GetDirectoryName(GradeCommandRun.Esx)!, "EsxCourse.Grading.Worker.dll");
        foreach (string process in Directory.GetDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                continue;   // It ended meanwhile.
            }

            if (line.Contains(worker, StringComparison.Ordinal))
                yield return line;
        }
    }
}
