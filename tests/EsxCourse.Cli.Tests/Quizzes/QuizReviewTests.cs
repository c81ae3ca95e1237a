using System.Text.Json;

namespace EsxCourse.Cli.Tests.Quizzes;

/// <summary>From answer files into the gradebook, through the queue of a teaching assistant, with the real program.</summary>
public sealed class QuizReviewTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Answers => folder.Folder("class");

    private string Db => folder.File("grades.db");

    private async Task ScoreAsync(int exit = 0)
    {
        EsxRun run = await EsxProgram.RunAsync("quiz", "score", "faux-quiz", Answers, "--gradebook", Db);
        Assert.True(run.ExitCode == exit, run.Error);
    }

    private void Hand(string file, string student, string answer) =>
        folder.Write($"class/{file}.yaml", $"quiz: faux-quiz\nstudent: {student}\nanswers:\n  double-paging: \"{answer}\"\n  balloon: \"\"\n");

    private async Task<JsonElement[]> QueueAsync()
    {
        EsxRun run = await EsxProgram.RunAsync("quiz", "review", "faux-quiz", Answers, "--gradebook", Db, "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
    }

    [Fact]
    public async Task What_a_human_decides_stands_in_the_gradebook_and_leaves_the_queue()
    {
        Hand("ada", "ada", "The host swaps out a page. Later the guest picks the same page, so it is read back only to be written again.");
        Hand("bob", "bob", "Pages are doubled.");
        await ScoreAsync();
        JsonElement[] queue = await QueueAsync();
        Assert.Equal(4, queue.Length);
        double[] confidence = [.. queue.Select(one => one.GetProperty("confidence").GetDouble())];
        Assert.Equal(confidence.Order(), confidence);

        EsxRun done = await EsxProgram.RunAsync("quiz", "review", "faux-quiz", Answers, "--gradebook", Db, "--student", "bob", "--question", "double-paging", "--points", "0.5", "--comment", "A start.", "--by", "TA");
        Assert.True(done.ExitCode == 0, done.Error);
        done = await EsxProgram.RunAsync("quiz", "review", "faux-quiz", Answers, "--gradebook", Db, "--student", "ada", "--question", "double-paging", "--confirm", "--by", "TA");
        Assert.True(done.ExitCode == 0, done.Error);
        Assert.All(await QueueAsync(), one => Assert.Equal("balloon", one.GetProperty("question").GetString()));

        EsxRun show = await EsxProgram.RunAsync("gradebook", "show", "--db", Db, "--student", "bob", "--json");
        Assert.Contains("A start.", show.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_again_is_no_second_attempt_and_another_one_is_refused_where_one_is_allowed()
    {
        Hand("ada", "ada", "The host swaps out a page.");
        await ScoreAsync();
        await ScoreAsync();
        Hand("ada-2", "ada", "Something else.");
        EsxRun run = await EsxProgram.RunAsync("quiz", "score", "faux-quiz", Answers, "--gradebook", Db);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("may be taken once", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_without_a_reason_are_refused()
    {
        Hand("ada", "ada", "The host swaps out a page.");
        await ScoreAsync();
        EsxRun run = await EsxProgram.RunAsync("quiz", "review", "faux-quiz", Answers, "--gradebook", Db, "--student", "ada", "--question", "balloon", "--points", "1", "--by", "TA");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--comment", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_analysis_of_a_class_is_a_page_with_charts()
    {
        Hand("ada", "ada", "The host swaps out a page.");
        Hand("bob", "bob", "<script>alert(1)</script>");
        string page = folder.File("analysis.html");
        EsxRun run = await EsxProgram.RunAsync("quiz", "analyse", "faux-quiz", Answers, "--html", page);
        Assert.True(run.ExitCode == 0, run.Error);
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("<svg role=\"img\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }
}
