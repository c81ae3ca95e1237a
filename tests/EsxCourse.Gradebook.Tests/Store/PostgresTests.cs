using EsxCourse.Contracts;
using EsxCourse.Gradebook.Store;
using Microsoft.EntityFrameworkCore;

namespace EsxCourse.Gradebook.Tests.Store;

/// <summary>Everything that holds of recording into a file holds of recording into a server.</summary>
public sealed class PostgresRecordingTests(PostgresServer server) : RecordingTests, IClassFixture<PostgresServer>
{
    protected override async Task<CourseGradebook> OpenAsync() => await Example.OpenAsync(await server.NewDatabaseAsync());
}

/// <summary>What is PostgreSQL's own: many at once, and what can be wrong with a server.</summary>
public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_programs_record_one_class_without_losing_or_doubling_anything()
    {
        const int Class = 80;
        string place = await server.NewDatabaseAsync();
        using WriterProcess one = new(place, Class);
        using WriterProcess other = new(place, Class);
        List<string>[] said = await Task.WhenAll(one.SaysAllAsync(), other.SaysAllAsync());
        Assert.Equal((0, ""), await one.EndAsync());
        Assert.Equal((0, ""), await other.EndAsync());
        Assert.Equal(Class, said.SelectMany(lines => lines).Count(line => line[0] == '+'));
        Assert.Equal(Class, await CountAsync(place));
    }

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_exactly_once()
    {
        string place = await server.NewDatabaseAsync();
        List<string> acknowledged = [];
        using (WriterProcess writer = new(place, 400))
        {
            for (int line = 0; line < 40; line++)
                acknowledged.Add((await writer.SaysAsync())!);
            writer.Kill();
            acknowledged.AddRange(await writer.SaysAllAsync());
            await writer.EndAsync();
        }

        Assert.InRange(await CountAsync(place), acknowledged.Count, acknowledged.Count + 1);
        using WriterProcess again = new(place, acknowledged.Count);
        Assert.Equal(acknowledged.Select(line => $"={line[1..]}"), await again.SaysAllAsync());
    }

    [Fact]
    public async Task A_regrade_and_an_adjustment_read_back()
    {
        await using CourseGradebook gradebook = await Example.OpenAsync(await server.NewDatabaseAsync());
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now);
        Assert.True((await gradebook.RegradeAsync(Example.Attempt(), Example.Result(6, 1), Now))!.ChangesGrade);
        await gradebook.AdjustAsync(new Adjustment("ann", Example.Tax.Slug, AdjustmentKind.Add, 1.25m, "well argued", "Emma"), Now);
        Assert.Equal(8.25m, Gradebook.Scoring.StudentScore.OfAll(await gradebook.ReadAsync(Now)).Single().Total);
    }

    [Fact]
    public async Task Several_courses_share_a_database_and_see_nothing_of_each_other()
    {
        string place = await server.NewDatabaseAsync();
        await using CourseGradebook esx = await Example.OpenAsync(place);
        await esx.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now);
        await using CourseGradebook other = await CourseGradebook.OpenAsync(place, "os", Now);
        Assert.False(await other.HasAsync(Example.Attempt().At(1), Now));
        Assert.Empty((await other.ReadAsync(Now)).Students);
    }

    [Fact]
    public async Task An_older_gradebook_climbs_every_step()
    {
        await using PostgresDatabase database = new(await server.NewDatabaseAsync());
        await Schema.Current.EnsureAsync(database, Now);
        await new Schema(3, [new SchemaUpgrade(3, "", "ALTER TABLE student ADD COLUMN mood text")]).EnsureAsync(database, Now);
        using GradebookContext context = database.Connect();
        Assert.Equal([3], await context.Database.SqlQuery<int>($"SELECT version AS \"Value\" FROM gradebook_schema").ToListAsync(Now));
        Assert.Empty(await context.Database.SqlQuery<string>($"SELECT mood AS \"Value\" FROM student").ToListAsync(Now));
    }

    [Fact]
    public async Task A_gradebook_of_version_1_gets_the_column_that_it_lacks()
    {
        string place = await server.NewDatabaseAsync(), database = place.Split('/')[3].Split('?')[0];
        await server.ExecuteAsync(await File.ReadAllTextAsync(Repository.Path("tests", "EsxCourse.Gradebook.Tests", "Snapshots", "schema-1.postgres.sql"), Now), database);
        await server.ExecuteAsync("INSERT INTO gradebook_schema (version) VALUES (1)", database);
        await using CourseGradebook gradebook = await Example.OpenAsync(place);
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4) with { Took = TimeSpan.FromMilliseconds(62) }, Now);
        Assert.Equal(TimeSpan.FromMilliseconds(62), Assert.Single((await gradebook.ReadAsync(Now)).Attempts).Standing.Result.Took);
    }

    [Fact]
    public async Task A_gradebook_of_a_newer_version_is_refused()
    {
        string place = await server.NewDatabaseAsync();
        await using (await Example.OpenAsync(place))
        {
        }

        string database = place.Split('/')[3].Split('?')[0];
        await server.ExecuteAsync("UPDATE gradebook_schema SET version = 7", database);
        Assert.EndsWith($"/{database}: was written by a newer EsxCourse (version 7; this one knows up to 2); update EsxCourse.", await RefusedAsync(place), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_somebody_else_are_left_alone()
    {
        string place = await server.NewDatabaseAsync();
        await server.ExecuteAsync("CREATE TABLE course (title text)", place.Split('/')[3].Split('?')[0]);
        Assert.Contains("holds tables of these names that are no gradebook", await RefusedAsync(place), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there()
    {
        await server.NewDatabaseAsync();
        Assert.EndsWith("/no_such: there is no such database; create it with: createdb NAME.", await RefusedAsync(server.Place("no_such")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_is_not_known()
    {
        string place = await server.NewDatabaseAsync();
        Assert.EndsWith(": the server refuses this user or password; see to user and password, or to PGPASSWORD.", await RefusedAsync(place.Replace("esx@", "eve:hunter2@", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(string place)
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync(place, cancellation: Now);
        return (await gradebook.ReadAsync(Now)).Attempts.Select(attempt => Assert.Single(attempt.History)).Count();
    }

    private static async Task<string> RefusedAsync(string place) => (await Assert.ThrowsAsync<BadInputException>(() => CourseGradebook.OpenAsync(place, cancellation: Now))).Message;
}
