using Microsoft.Data.Sqlite;

namespace EsxCourse.Gradebook.Tests.Store;

/// <summary>A grader that dies in the middle, and two at once.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Place => folder.File("grades.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(140)]
    public async Task What_was_acknowledged_before_a_kill_is_there_exactly_once(int killAfter)
    {
        const int Class = 400;
        List<string> acknowledged = [];
        using (WriterProcess writer = new(Place, Class))
        {
            for (int line = 0; line < killAfter; line++)
                acknowledged.Add((await writer.SaysAsync())!);
            writer.Kill();
            acknowledged.AddRange(await writer.SaysAllAsync());
            Assert.Equal(137, (await writer.EndAsync()).ExitCode);
        }

        Assert.InRange(acknowledged.Count, killAfter, Class - 1);
        Assert.Equal("ok", Integrity());
        string[] kept = await StudentsAsync();
        Assert.Empty(acknowledged.Select(line => line[1..]).Except(kept));
        // One more may have been committed whose acknowledgement died with the process; never half a result, never two.
        Assert.InRange(kept.Length, acknowledged.Count, acknowledged.Count + 1);

        // A second run does only what is missing.
        using WriterProcess again = new(Place, Class);
        List<string> said = await again.SaysAllAsync();
        Assert.Equal((0, ""), await again.EndAsync());
        Assert.Equal(Class - kept.Length, said.Count(line => line[0] == '+'));
        Assert.Equal(Class, (await StudentsAsync()).Length);
    }

    [Fact]
    public async Task Two_programs_record_one_class_without_losing_or_doubling_anything()
    {
        const int Class = 150;
        using WriterProcess one = new(Place, Class);
        using WriterProcess other = new(Place, Class);
        List<string>[] said = await Task.WhenAll(one.SaysAllAsync(), other.SaysAllAsync());
        Assert.Equal((0, ""), await one.EndAsync());
        Assert.Equal((0, ""), await other.EndAsync());
        Assert.Equal(Class, said.SelectMany(lines => lines).Count(line => line[0] == '+'));
        Assert.Equal(Class, (await StudentsAsync()).Length);
    }

    /// <summary>The student of every result; each result is asked to be whole.</summary>
    private async Task<string[]> StudentsAsync()
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync(Place, cancellation: TestContext.Current.CancellationToken);
        GradebookContent content = await gradebook.ReadAsync(TestContext.Current.CancellationToken);
        Assert.All(content.Attempts, attempt => Assert.Equal(5, Assert.Single(attempt.History).Result.Checks.Count));
        return [.. content.Attempts.Select(attempt => attempt.Attempt.Student)];
    }

    private string Integrity()
    {
        using SqliteConnection connection = new($"Data Source={Place};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }
}
