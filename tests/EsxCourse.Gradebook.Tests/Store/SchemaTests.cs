using EsxCourse.Contracts;
using EsxCourse.Gradebook.Store;
using Microsoft.EntityFrameworkCore;

namespace EsxCourse.Gradebook.Tests.Store;

/// <summary>The tables, their version, and the way from one version to the next.</summary>
public sealed class SchemaTests : IAsyncDisposable
{
    private static readonly SchemaUpgrade Mood = new(3, "ALTER TABLE student ADD COLUMN mood TEXT", "ALTER TABLE student ADD COLUMN mood TEXT");
    private static readonly SchemaUpgrade Cheer = new(4, "UPDATE student SET mood = 'cheerful'", "UPDATE student SET mood = 'cheerful'");

    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;

    public SchemaTests() => database = new SqliteDatabase(folder.File("grades.db"));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Whoever changes the model sees this fail: raise the version, write the upgrade, then renew the snapshot.</summary>
    [Fact]
    public void The_tables_of_version_2_are_the_snapshot()
    {
        using GradebookContext context = database.Connect();
        Snapshot.Matches("schema-2.sqlite.sql", Schema.CreateScript(context));
    }

    [Fact]
    public async Task The_tables_of_version_2_on_PostgreSQL_are_the_snapshot()
    {
        await using PostgresDatabase postgres = new("Host=localhost");
        using GradebookContext context = postgres.Connect();
        Snapshot.Matches("schema-2.postgres.sql", Schema.CreateScript(context));
    }

    [Fact]
    public async Task A_gradebook_of_version_1_gets_the_column_that_it_lacks()
    {
        using (GradebookContext context = database.Connect())
        {
            await context.Database.ExecuteSqlRawAsync(await File.ReadAllTextAsync(Repository.Path("tests", "EsxCourse.Gradebook.Tests", "Snapshots", "schema-1.sqlite.sql"), Now), Now);
            await context.Database.ExecuteSqlRawAsync("INSERT INTO gradebook_schema (version) VALUES (1)", Now);
        }

        await using CourseGradebook gradebook = await Example.OpenAsync(folder.File("grades.db"));
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4) with { Took = TimeSpan.FromMilliseconds(62) }, Now);
        Assert.Equal(TimeSpan.FromMilliseconds(62), Assert.Single((await gradebook.ReadAsync(Now)).Attempts).Standing.Result.Took);
        Assert.Equal(["2"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
    }

    [Fact]
    public async Task An_older_gradebook_climbs_every_step_and_keeps_what_it_holds()
    {
        await RecordOneAsync();
        await new Schema(4, [Cheer, Mood]).EnsureAsync(database, Now);
        Assert.Equal(["ann"], await QueryAsync("SELECT \"Key\" AS \"Value\" FROM student WHERE mood = 'cheerful'"));
        Assert.Equal(["4"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
    }

    [Fact]
    public async Task A_step_is_taken_once()
    {
        await RecordOneAsync();
        Schema three = new(3, [Mood]);
        await three.EnsureAsync(database, Now);
        await three.EnsureAsync(database, Now);
        await three.RequireAsync(database, Now);
        Assert.Equal(["3"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
    }

    [Fact]
    public async Task An_upgrade_that_fails_halfway_leaves_the_old_version_whole()
    {
        await RecordOneAsync();
        Schema broken = new(4, [Mood, new SchemaUpgrade(4, "UPDATE no_such_table SET x = 1", "")]);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => broken.EnsureAsync(database, Now));
        Assert.Equal(["2"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
        Assert.DoesNotContain("mood", await QueryAsync("SELECT name AS \"Value\" FROM pragma_table_info('student')"));
    }

    [Fact]
    public async Task A_newer_gradebook_is_left_as_it_is()
    {
        await RecordOneAsync();
        await new Schema(3, [Mood]).EnsureAsync(database, Now);
        await Assert.ThrowsAsync<BadInputException>(() => Schema.Current.EnsureAsync(database, Now));
        Assert.Equal(["3"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
    }

    private async Task RecordOneAsync()
    {
        await using CourseGradebook gradebook = await Example.OpenAsync(folder.File("grades.db"));
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now);
    }

    private async Task<List<string>> QueryAsync(string sql)
    {
        using GradebookContext context = database.Connect();
        return await context.Database.SqlQueryRaw<string>(sql).ToListAsync(Now);
    }
}
