using System.Text.Json;
using EsxCourse.Grading.Gradescope;

namespace EsxCourse.Grading.Tests.Gradescope;

/// <summary>What comes out in <c>results.json</c>, on this machine and in a folder laid out as Gradescope's.</summary>
public sealed class GradescopeRunTests : IDisposable
{
    private const string Metadata = """
        {"id": 1, "created_at": "2026-11-21T10:00:00.000000-06:00", "users": [{"name": "Ann", "email": "ann@x.edu", "assignment": {"due_date": "2026-11-20T23:59:00.000000-06:00"}}],
         "assignment": {"due_date": "2026-11-19T23:59:00.000000-06:00"}}
        """;

    private readonly TemporaryFolder autograder = new();

    public GradescopeRunTests()
    {
        foreach (string file in new[] { "exercise.yaml", Course.Tax.StubFile })
            autograder.Write($"source/exercises/{Course.Tax.Slug}/{file}", File.ReadAllText(Path.Combine(Course.Tax.Folder, file)));
        autograder.Write("source/secret", "sixteen bytes and some more");
        autograder.Write("submission_metadata.json", Metadata);
        autograder.Folder("submission");
    }

    public void Dispose() => autograder.Dispose();

    private async Task<JsonElement> RunAsync()
    {
        await GradescopeRun.RunAsync(autograder.Path, typeof(EsxCourse.Exercises.Tax.ReferenceMemoryTax).Assembly, TestContext.Current.CancellationToken);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(autograder.File("results/results.json")));
        return json.RootElement.Clone();
    }

    [Fact]
    public async Task A_solution_in_a_folder_gets_its_points_check_by_check_at_once_and_lateness_is_said()
    {
        Course.RequireSandbox();
        autograder.Write("submission/src/Tax.cs", File.ReadAllText(Repository.Path("exercises/sample-class/ben/IdleMemoryTax.cs")));
        JsonElement results = await RunAsync();
        Assert.Equal("visible", results.GetProperty("visibility").GetString());
        Assert.Equal("hidden", results.GetProperty("stdout_visibility").GetString());
        Assert.Contains("1 day late: no penalty.", results.GetProperty("output").GetString(), StringComparison.Ordinal);
        JsonElement[] tests = [.. results.GetProperty("tests").EnumerateArray()];
        Assert.Equal(Course.Tax.Checks.Select(c => (c.Name, c.Points)), tests.Select(t => (t.GetProperty("name").GetString()!, t.GetProperty("max_score").GetInt32())));
        Assert.Equal(results.GetProperty("score").GetInt32(), tests.Sum(t => t.GetProperty("score").GetInt32()));
        Assert.InRange(results.GetProperty("score").GetInt32(), 1, Course.Tax.MaxPoints - 1);
        Assert.All(tests, t => Assert.NotEmpty(t.GetProperty("output").GetString()!));
    }

    [Theory]
    [InlineData("Tax.cs", "class X : IMemoryTax { int }", "does not compile")]
    [InlineData("notes.txt", "nothing", "no .cs file and no notebook")]
    [InlineData(".keep", "", "The submission is empty.")]
    public async Task What_cannot_be_run_gets_nothing_and_a_sentence(string file, string text, string sentence)
    {
        Course.RequireSandbox();
        autograder.Write($"submission/{file}", text);
        JsonElement results = await RunAsync();
        Assert.Equal(0, results.GetProperty("score").GetInt32());
        Assert.Contains(sentence, results.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("source/secret")]
    [InlineData("source/exercises/07-idle-memory-tax/exercise.yaml")]
    public async Task A_broken_autograder_gives_no_points_and_says_whose_fault_it_is(string missing)
    {
        File.Delete(autograder.File(missing));
        autograder.Write("submission/Tax.cs", File.ReadAllText(Course.Tax.ReferencePath));
        JsonElement results = await RunAsync();
        Assert.Equal(0, results.GetProperty("score").GetInt32());
        Assert.Contains("no verdict on your work", results.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Empty(results.GetProperty("tests").EnumerateArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{\"users\": [7, {\"email\": 3, \"assignment\": []}], \"created_at\": {}}")]
    public void Odd_metadata_is_taken_as_not_said(string text)
    {
        SubmissionMetadata read = SubmissionMetadata.Read(autograder.Write("odd.json", text));
        Assert.Equal(("student", null, null), (read.Student, read.HandedIn, read.Due));
    }
}
