using EsxCourse.Contracts;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Tests.Attacks;

namespace EsxCourse.Grading.Tests.Gradescope;

/// <summary>The sandbox for where no namespaces can be made: an account that may not enter the grader's folders.</summary>
public sealed class AccountSandboxTests
{
    private static Task<ClassReport> GradeAsync(string folder, params string[] hidden)
    {
        Course.RequireSandbox();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can become another account.");
        GradingOptions options = new() { Secret = Course.Secret, Exercise = Course.Tax.Slug, HiddenFromAccounts = hidden, WithoutNamespaces = true };
        return new ClassGrader(Course.Exercises, options).GradeAsync(folder, progress: null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_folder_that_everybody_may_read_stops_it_before_anything_is_run()
    {
        using TemporaryFolder place = new();
        place.Write("class/ada.cs", File.ReadAllText(Course.Tax.ReferencePath));
        BadInputException refused = await Assert.ThrowsAsync<BadInputException>(() => GradeAsync(place.File("class"), place.Path, "/etc"));
        Assert.StartsWith("/etc: an account without rights could read it", refused.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Soak")]
    public async Task No_attack_of_the_corpus_earns_a_point_or_reads_or_writes_what_is_not_its_own()
    {
        using TemporaryFolder place = new();
        string canary = place.Write("secret/canary-secret.txt", CorpusRun.Token), target = place.File("owned.txt");
        place.Write("class/ada.cs", File.ReadAllText(Repository.Path("exercises/sample-class/ada/IdleMemoryTax.cs")) + $"\n// {CorpusRun.Token}\n");
        foreach (Attack attack in Attack.All)
            attack.HandIn(place, "class", canary, target);
        ClassReport report = await GradeAsync(place.File("class"), place.Path);
        Assert.Equal(Course.Tax.MaxPoints, report.Submissions.Single(s => s.Student == "ada").Points);
        SubmissionReport[] hostile = [.. report.Submissions.Where(s => s.Student != "ada")];
        Assert.Equal([], hostile.Where(s => s.Points > 0 || s.Verdict == Verdict.GraderBroke).Select(s => $"{s.Student}: {s.Points}, {s.Summary}"));
        Assert.DoesNotContain(CorpusRun.Token, ClassReportJson.Write(report), StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }
}
