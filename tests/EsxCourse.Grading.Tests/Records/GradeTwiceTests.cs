using EsxCourse.Grading.Tests.Attacks;

namespace EsxCourse.Grading.Tests.Records;

/// <summary>The sample class through the real <c>esx grade</c>: the results are the same bytes, however it is graded.</summary>
public sealed class GradeTwiceTests
{
    [Fact]
    public async Task With_one_job_and_with_two_the_class_gets_the_same_bytes()
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        Dictionary<string, string> one = await GradeAsync(place, "one", "--jobs", "1");
        Assert.Equal(8 * 2 + 3, one.Count);
        Assert.Equal(one, await GradeAsync(place, "two", "--jobs", "2"));
    }

    [Fact, Trait("Category", "Soak")]
    public async Task Under_load_the_class_gets_the_same_bytes()
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        Dictionary<string, string> quiet = await GradeAsync(place, "quiet");
        using (Load.OnEveryCore())
            Assert.Equal(quiet, await GradeAsync(place, "loaded"));
    }

    [Fact]
    public async Task Graded_again_only_what_is_missing_is_graded_and_a_changed_submission_is_an_attempt_of_its_own()
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        string Sample(string student) => File.ReadAllText(Repository.Path("exercises", "sample-class", student, "IdleMemoryTax.cs"));
        place.Write("class/ann.cs", Sample("ada"));
        place.Write("class/bob.cs", Sample("ben"));

        await RunAsync("class");
        place.Write("class/bob.cs", Sample("hana"));
        place.Write("class/cleo.cs", Sample("dora"));
        (string output, _) = await RunAsync("class");
        Assert.Contains("2 graded; 1 had a result already", output, StringComparison.Ordinal);

        // Best of two attempts counts, and bob's page says which.
        string bob = await File.ReadAllTextAsync(place.File("class-out/students/bob/07-idle-memory-tax.md"), TestContext.Current.CancellationToken);
        Assert.Contains("**0 of 25 points.**", bob, StringComparison.Ordinal);
        Assert.Contains("Another of your attempts counts, not this one.", bob, StringComparison.Ordinal);
        Assert.Contains("Score: 16 of 25.", bob, StringComparison.Ordinal);
        // hana's solution prints and fails.
        Assert.Contains("printed output counts for nothing", bob, StringComparison.Ordinal);

        (output, _) = await RunAsync("class", "--regrade");
        Assert.Contains("3 graded again: 0 grades changed, 0 only in words.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Changed:", output, StringComparison.Ordinal);

        async Task<(string Output, string Errors)> RunAsync(params string[] arguments)
        {
            (int exitCode, string said, string errors) = await GradeCommandRun.RunAsync(GradeCommandRun.Of(place.Path, arguments[0], asPlainUser: false, arguments[1..]));
            Assert.True(exitCode == 0, errors);
            return (said, errors);
        }
    }

    private static async Task<Dictionary<string, string>> GradeAsync(TemporaryFolder place, string name, params string[] more)
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Path("exercises", "sample-class"), "*.cs", SearchOption.AllDirectories))
            place.Write($"{name}/{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}", File.ReadAllText(file));
        (int exitCode, _, string errors) = await GradeCommandRun.RunAsync(GradeCommandRun.Of(place.Path, name, asPlainUser: false, more));
        Assert.True(exitCode == 0, errors);
        return ReportBytes.Of(place.File($"{name}-out"));
    }
}
