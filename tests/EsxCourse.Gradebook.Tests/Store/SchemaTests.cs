using EsxCourse.Contracts;
using EsxCourse.Gradebook.Store;
using Microsoft.EntityFrameworkCore;

namespace EsxCourse.Gradebook.Tests.Store;

/// <summary>The tables, their version, and the way from one version to the next.</summary>
public sealed class SchemaTests : IAsyncDisposable
{
    private static readonly SchemaUpgrade Mood = new(2, "ALTER TABLE student ADD COLUMN mood TEXT", "ALTER TABLE student ADD COLUMN mood TEXT");
    private static readonly SchemaUpgrade Cheer = new(3, "UPDATE student SET mood = 'cheerful'", "UPDATE student SET mood = 'cheerful'");

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
    public void The_tables_of_version_1_are_the_snapshot()
    {
        using GradebookContext context = database.Connect();
        Snapshot.Matches("schema-1.sqlite.sql", Schema.CreateScript(context));
    }

    [Fact]
    public async Task The_tables_of_version_1_on_PostgreSQL_are_the_snapshot()
    {
        await using PostgresDatabase postgres = new("Host=localhost");
        using GradebookContext context = postgres.Connect();
        Snapshot.Matches("schema-1.postgres.sql", Schema.CreateScript(context));
    }

    [Fact]
    public async Task An_older_gradebook_climbs_every_step_and_keeps_what_it_holds()
    {
        await RecordOneAsync();
        await new Schema(3, [Cheer, Mood]).EnsureAsync(database, Now);
        Assert.Equal(["ann"], await QueryAsync("SELECT \"Key\" AS \"Value\" FROM student WHERE mood = 'cheerful'"));
        Assert.Equal(["3"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
    }

    [Fact]
    public async Task A_step_is_taken_once()
    {
        await RecordOneAsync();
        Schema two = new(2, [Mood]);
        await two.EnsureAsync(database, Now);
        await two.EnsureAsync(database, Now);
        await two.RequireAsync(database, Now);
        Assert.Equal(["2"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
    }

    [Fact]
    public async Task An_upgrade_that_fails_halfway_leaves_the_old_version_whole()
    {
        await RecordOneAsync();
        Schema broken = new(3, [Mood, new SchemaUpgrade(3, "UPDATE no_such_table SET x = 1", "")]);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => broken.EnsureAsync(database, Now));
        Assert.Equal(["1"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
        Assert.DoesNotContain("mood", await QueryAsync("SELECT name AS \"Value\" FROM pragma_table_info('student')"));
    }

    [Fact]
    public async Task A_newer_gradebook_is_left_as_it_is()
    {
        await RecordOneAsync();
        await new Schema(2, [Mood]).EnsureAsync(database, Now);
        await Assert.ThrowsAsync<BadInputException>(() => Schema.Current.EnsureAsync(database, Now));
        Assert.Equal(["2"], await QueryAsync("SELECT CAST(version AS TEXT) AS \"Value\" FROM gradebook_schema"));
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
