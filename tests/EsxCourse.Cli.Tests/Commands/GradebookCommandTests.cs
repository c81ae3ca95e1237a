using System.Text.Json;
using EsxCourse.Gradebook;

namespace EsxCourse.Cli.Tests.Commands;

/// <summary><c>esx gradebook</c> on a gradebook of two students: what it prints, writes and answers with.</summary>
public sealed class GradebookCommandTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("esx-gradebook-").FullName;

    private string Db => Path.Combine(folder, "grades.db");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(Db, cancellation: Now);
        await gradebook.DescribeAsync(new Assignment("07-idle-memory-tax", "Idle memory tax", AssignmentKind.Exercise, 1, 10), Now);
        foreach ((string student, decimal points) in new[] { ("ann", 8m), ("bob", 5m) })
        {
            Attempt attempt = new(student, "07-idle-memory-tax", $"hash-{student}", new DateTimeOffset(2026, 11, 20, 13, 0, 0, TimeSpan.Zero));
            await gradebook.RecordAsync(attempt, new Result(1, Verdict.Graded, [new CheckResult("formula", "The formula", points, 10)]), Now);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Show_prints_the_class()
    {
        EsxRun run = await EsxProgram.RunAsync("gradebook", "show", "--db", Db);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("""
            student  name              07-idle-memory-tax  total
                     points to be had                  10     10
            ann      ann                                8      8
            bob      bob                                5      5

            """.ReplaceLineEndings("\n"), run.Output);
    }

    [Fact]
    public async Task Show_of_one_student_is_one_JSON_document()
    {
        EsxRun run = await EsxProgram.RunAsync("gradebook", "show", "--db", Db, "--student", "bob", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(5, Assert.Single(json.RootElement.GetProperty("students").EnumerateArray()).GetProperty("total").GetDecimal());
    }

    [Fact]
    public async Task Adjust_takes_points_away_and_show_says_why()
    {
        EsxRun adjusted = await EsxProgram.RunAsync("gradebook", "adjust", "ann", "07-idle-memory-tax", "--points", "-1.5", "--comment", "late in the lab", "--by", "Emma", "--db", Db);
        Assert.Equal((0, "ann 07-idle-memory-tax: 8 → 6.5 of 10\n", ""), (adjusted.ExitCode, adjusted.Output, adjusted.Error));
        Assert.Contains("-1.5 (Emma): late in the lab", (await EsxProgram.RunAsync("gradebook", "show", "--db", Db, "--student", "ann")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_is_set_shown_and_followed()
    {
        string policy = Path.Combine(folder, "policy.yaml");
        await File.WriteAllTextAsync(policy, "default:\n  late: { penaltyPerDay: 10% }\nassignments:\n  07-idle-memory-tax: { due: 2026-11-20T12:00Z }\n  08-slip: { }\n", Now);
        EsxRun set = await EsxProgram.RunAsync("gradebook", "policy", policy, "--db", Db);
        Assert.Equal((0, "Nothing of '08-slip' has been graded yet; if that is a slip, mend policy.yaml and set it again.\n"), (set.ExitCode, set.Error));
        Assert.Contains("penaltyPerDay: 10%", (await EsxProgram.RunAsync("gradebook", "policy", "--db", Db)).Output, StringComparison.Ordinal);
        Assert.Contains("1 day late: -1.", (await EsxProgram.RunAsync("gradebook", "show", "--db", Db, "--student", "ann")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_writes_every_format_asked_for()
    {
        string output = Path.Combine(folder, "out");
        EsxRun run = await EsxProgram.RunAsync("gradebook", "export", "--format", "csv,canvas,gradescope", "--out", output, "--db", Db);
        Assert.Equal((0, $"5 files in {output}.\n", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(
            ["canvas.csv", "checks.csv", "grades.csv", "gradescope/ann/07-idle-memory-tax/results.json", "gradescope/bob/07-idle-memory-tax/results.json"],
            Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(output, file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Statistics_describe_the_class()
    {
        EsxRun run = await EsxProgram.RunAsync("gradebook", "statistics", "07-idle-memory-tax", "--db", Db);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 scores: mean 6.5, deviation 1.5", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_place_in_the_environment_is_used_and_its_password_never_printed()
    {
        System.Diagnostics.Process Start(params string[] arguments) =>
            EsxProgram.Start(folder, ["env", "ESXCOURSE_GRADEBOOK=postgres://emma:hunter2@localhost:1/grades"], arguments);
        using System.Diagnostics.Process help = Start("gradebook", "show", "--help");
        Assert.DoesNotContain("hunter2", await help.StandardOutput.ReadToEndAsync(Now), StringComparison.Ordinal);
        using System.Diagnostics.Process show = Start("gradebook", "show");
        Assert.Equal("PostgreSQL localhost:1/grades: no PostgreSQL server answers; start the server, or name another one.\n", await show.StandardError.ReadToEndAsync(Now));
        await show.WaitForExitAsync(Now);
        Assert.Equal(2, show.ExitCode);
    }

    [Theory]
    [InlineData("no/such.db: there is no gradebook; grade a class into it first, or name another.", "show", "--db", "no/such.db")]
    [InlineData("README.md: is not a gradebook (not a SQLite database); name the file that a grader wrote.", "show", "--db", "README.md")]
    [InlineData("--student: there is no student 'eve'; name one of: ann, bob.", "show", "--student", "eve")]
    [InlineData("assignment: there is no assignment '08'; name one of: 07-idle-memory-tax.", "statistics", "08")]
    [InlineData("assignment: there is no assignment '08'; name one of: 07-idle-memory-tax.", "adjust", "ann", "08", "--points", "1", "--comment", "c", "--by", "e")]
    [InlineData("wrong: is no check of 07-idle-memory-tax that ann was graded on; see 'esx gradebook show --student' for which are.", "adjust", "ann", "07-idle-memory-tax", "--points", "1", "--comment", "c", "--by", "e", "--check", "wrong")]
    [InlineData("--points: 10000000000 is out of range, points lie between -1000000000 and 1000000000; give the points that you mean.", "adjust", "ann", "07-idle-memory-tax", "--points", "10000000000", "--comment", "c", "--by", "e")]
    [InlineData("--format: 'pdf' is not known; name some of: csv,canvas,gradescope.", "export", "--format", "pdf")]
    [InlineData("no.yaml: cannot be read; name a file that is there and that you may read.", "policy", "no.yaml")]
    [InlineData("esx gradebook adjust: Option '--comment' is required. Try 'esx gradebook adjust --help'.", "adjust", "ann", "07-idle-memory-tax", "--points", "1", "--by", "e")]
    public async Task Bad_input_is_one_clear_line(string expected, params string[] arguments)
    {
        EsxRun run = await EsxProgram.RunAsync(["gradebook", .. arguments, .. arguments.Contains("--db") ? Array.Empty<string>() : ["--db", Db]]);
        Assert.Equal((2, "", expected + "\n"), (run.ExitCode, run.Output, run.Error));
    }
}
