using EsxCourse.Gradebook;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>What becomes of the answers when the quiz is closed: results in the gradebook, answer files that score the same.</summary>
public sealed class FilingTests
{
    private const string Good = "The host pages a page of the guest out to its own swap. Later the guest picks the same page for its own disk, so it must be read back only to be written out again.";

    [Fact]
    public async Task Free_text_awaits_a_humans_review_with_the_points_that_the_scorer_gives()
    {
        using TemporaryFolder folder = new();
        GradebookContent content = await CloseAsync(folder, async room =>
        {
            Client ann = await room.JoinAsync("ann", "q1", "q2");
            await ann.SaveAsync("q1", 0, Good);
            await room.JoinAsync("bob", "q1", "q2");
            await room.JoinAsync("only looked in");
        });
        Assert.Equal(["ann", "bob"], content.Attempts.Select(recorded => recorded.Attempt.Student));
        Result ann = content.Attempts[0].Standing.Result;
        Assert.Equal(Verdict.AwaitsReview, ann.Verdict);
        Assert.Equal(["double-paging", "balloon"], ann.Checks.Select(check => check.Id));
        Assert.Equal((decimal)QuizScorer.Score(Classroom.FauxQuiz.Items[0], Good).Points, ann.Checks[0].Points);
        Assert.Equal(0, ann.Checks[1].Points);
        Assert.Equal("No answer.", ann.Checks[1].Reason);
        Assert.Equal(10, content.Assignments.Single().Max);
        Assert.Equal("Name of ann", content.Students[0].Name);
    }

    [Fact]
    public async Task A_quiz_without_free_text_is_graded_at_once()
    {
        using TemporaryFolder folder = new();
        QuizFile closed = Classroom.OneOfEachKind with { Items = [.. Classroom.OneOfEachKind.Items.Where(item => item is not Bank.FreeTextItem)], Pick = 6 };
        GradebookContent content = await CloseAsync(folder, async room =>
        {
            Client ann = await room.JoinAsync("ann");
            await ann.PostAsync("api/attempts/1");
            QuizFile paper = room.Options.Quiz.Vary(long.Parse(Kept.Query(room, "SELECT seed FROM attempt").Single()));
            foreach ((int at, Bank.QuizItem item) in paper.Items.Index())
                Assert.Equal(200, (await ann.SaveAsync($"q{at + 1}", 0, item.Key)).Status);
        }, closed);
        Result result = content.Attempts.Single().Standing.Result;
        Assert.Equal(Verdict.Graded, result.Verdict);
        Assert.Equal((decimal)closed.MaxPoints, result.Points);
    }

    [Fact]
    public async Task Answer_files_give_the_same_papers_and_points_again()
    {
        using TemporaryFolder folder = new();
        GradebookContent content = await CloseAsync(folder, async room =>
        {
            Client ann = await room.JoinAsync("ann", "q1", "q2");
            await ann.SaveAsync("q1", 0, Good);
        });
        string file = Assert.Single(Directory.GetFiles(folder.File("answers")));
        Assert.Equal("001-ann.yaml", Path.GetFileName(file));
        QuizFile paper = Classroom.FauxQuiz.Vary(AnswerSheet.SeedOf(file)!.Value);
        Assert.Equal((double)content.Attempts.Single().Standing.Result.Points, QuizScorer.Score(paper, AnswerSheet.Load(file, paper)).Points);
    }

    [Fact]
    public async Task A_server_that_died_before_it_filed_files_at_the_next_start_and_nothing_twice()
    {
        using TemporaryFolder folder = new();
        string gradebook = folder.File("grades.db");
        await using Classroom room = await Classroom.OpenAsync(folder, more: options => options with { Gradebook = gradebook });
        await room.JoinAsync("ann", "q1", "q2");
        // Closed, but ended within the grace: not filed.
        await (await room.LecturerAsync()).PostAsync("lecturer/close");
        await room.RestartAsync();
        Assert.Empty((await ReadAsync(gradebook)).Attempts);
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await room.Server.Filed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await room.RestartAsync();
        await room.Server.Filed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Single((await ReadAsync(gradebook)).Attempts);
    }

    [Fact]
    public async Task Whom_the_gradebook_knows_keeps_the_name_that_it_has()
    {
        using TemporaryFolder folder = new();
        await using (CourseGradebook gradebook = await CourseGradebook.OpenAsync(folder.File("grades.db"), cancellation: TestContext.Current.CancellationToken))
            await gradebook.EnrollAsync([new Student("ann", "Ann Official")], TestContext.Current.CancellationToken);
        GradebookContent content = await CloseAsync(folder, room => room.JoinAsync("ann", "q1", "q2"));
        Assert.Equal("Ann Official", content.Students.Single().Name);
    }

    private static async Task<GradebookContent> CloseAsync(TemporaryFolder folder, Func<Classroom, Task> work, QuizFile? quiz = null)
    {
        await using Classroom room = await Classroom.OpenAsync(folder, quiz, options => options with { Gradebook = folder.File("grades.db"), AnswerFolder = folder.File("answers") });
        await work(room);
        await (await room.LecturerAsync()).PostAsync("lecturer/close");
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        await room.Server.Filed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return await ReadAsync(folder.File("grades.db"));
    }

    private static async Task<GradebookContent> ReadAsync(string gradebook)
    {
        await using CourseGradebook opened = await CourseGradebook.OpenExistingAsync(gradebook, cancellation: TestContext.Current.CancellationToken);
        return await opened.ReadAsync(TestContext.Current.CancellationToken);
    }
}
