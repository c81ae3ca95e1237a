using EsxCourse.Contracts;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>The database is the room: a server that is started again on it goes on where the other was, and on no other quiz.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_restart_keeps_codes_addresses_students_papers_picks_answers_and_the_clock()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q3");
        await ann.SaveAsync("q1", 0, "before");
        string before = (await ann.GetAsync("api/paper")).Body;
        Uri lecturer = room.Server.LecturerUrl;
        await room.RestartAsync();
        Assert.Equal(lecturer, room.Server.LecturerUrl);
        Assert.Equal(1, room.Server.StudentsAtStart);
        Assert.Equal(Seconds(before), Seconds((await ann.GetAsync("api/paper")).Body), tolerance: 30);
        Assert.Equal("before", await ann.KeptAsync("q1"));
        Assert.Equal(200, (await ann.SaveAsync("q1", 1, "after")).Status);
        Assert.Equal(409, (await ann.SaveAsync("q2", 0, "not picked")).Status);
    }

    [Fact]
    public async Task Two_servers_cannot_have_one_quiz()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        BadInputException bad = await Assert.ThrowsAsync<BadInputException>(() => QuizServer.StartAsync(room.Options, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains("another server has this quiz open", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_quiz_is_refused() =>
        Assert.Contains("holds the quiz 'faux-quiz', not 'ballooning'", await RefusedAsync(options => options with { Quiz = Classroom.Bank.Find("ballooning") }), StringComparison.Ordinal);

    [Fact]
    public async Task A_quiz_whose_file_was_changed_meanwhile_is_refused_for_papers_would_change_under_the_students()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("faux-quiz.yaml", File.ReadAllText(Classroom.FauxQuiz.Path));
        Assert.Contains("another version of 'faux-quiz'", await RefusedAsync(options => options with { Quiz = QuizFile.Load(file) }, () => File.AppendAllText(file, "\n# changed\n")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_code_is_refused() =>
        Assert.Contains("was begun with the code ESXROOM", await RefusedAsync(options => options with { Code = "OTHER" }), StringComparison.Ordinal);

    [Fact]
    public async Task Another_time_limit_is_refused() =>
        Assert.Contains("was begun with a limit of 5 minutes", await RefusedAsync(options => options with { TimeLimit = TimeSpan.FromMinutes(10) }), StringComparison.Ordinal);

    [Fact]
    public async Task A_database_of_something_else_is_refused_and_left_alone()
    {
        using TemporaryFolder folder = new();
        using (Microsoft.Data.Sqlite.SqliteConnection other = new($"Data Source={folder.File("other.db")};Pooling=False"))
        {
            other.Open();
            using Microsoft.Data.Sqlite.SqliteCommand create = other.CreateCommand();
            create.CommandText = "CREATE TABLE grades(x)";
            create.ExecuteNonQuery();
        }

        BadInputException bad = await Assert.ThrowsAsync<BadInputException>(() => Start(folder.File("other.db")));
        Assert.Contains("is a database of something else", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("notes.txt", new string('x', 5000));
        await Assert.ThrowsAsync<BadInputException>(() => Start(file));
        Assert.Equal(new string('x', 5000), File.ReadAllText(file));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_line()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        QuizServerOptions second = room.Options with { Database = folder.File("second.db"), Port = room.Server.JoinUrl.Port };
        BadInputException bad = await Assert.ThrowsAsync<BadInputException>(() => QuizServer.StartAsync(second, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains("another program listens there", bad.Message, StringComparison.Ordinal);
    }

    private static Task<QuizServer> Start(string database) =>
        QuizServer.StartAsync(new QuizServerOptions { Quiz = Classroom.FauxQuiz, Database = database, Address = System.Net.IPAddress.Loopback }, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task<string> RefusedAsync(Func<QuizServerOptions, QuizServerOptions> change, Action? meanwhile = null)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, meanwhile is null ? null : change(new QuizServerOptions { Quiz = Classroom.FauxQuiz, Database = "" }).Quiz);
        await room.Server.DisposeAsync();
        meanwhile?.Invoke();
        return (await Assert.ThrowsAsync<BadInputException>(() => QuizServer.StartAsync(change(room.Options), TimeProvider.System, TestContext.Current.CancellationToken))).Message;
    }

    private static double Seconds(string paper) => System.Text.Json.JsonDocument.Parse(paper).RootElement.GetProperty("state").GetProperty("secondsLeft").GetDouble();
}
