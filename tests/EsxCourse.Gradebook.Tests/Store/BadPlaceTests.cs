using EsxCourse.Contracts;
using EsxCourse.Gradebook.Store;
using Microsoft.Data.Sqlite;

namespace EsxCourse.Gradebook.Tests.Store;

/// <summary>Whatever is wrong with the place, the user reads one line: where, what, and what to do. Nothing that was there is touched.</summary>
public sealed class BadPlaceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Place => folder.File("grades.db");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_that_is_no_database()
    {
        await File.WriteAllTextAsync(Place, "student,points\nann,10\n" + new string('x', 4096), Now);
        byte[] before = await File.ReadAllBytesAsync(Place, Now);
        Assert.Equal($"{Place}: is not a gradebook (not a SQLite database); name the file that a grader wrote.", await RefusedAsync(() => CourseGradebook.OpenAsync(Place, cancellation: Now)));
        Assert.Equal($"{Place}: is not a gradebook (not a SQLite database); name the file that a grader wrote.", await RefusedAsync(() => CourseGradebook.OpenExistingAsync(Place, cancellation: Now)));
        Assert.Equal(before, await File.ReadAllBytesAsync(Place, Now));
    }

    [Fact]
    public async Task A_database_of_somebody_else()
    {
        Execute("CREATE TABLE bookmarks (url TEXT)");
        Assert.Equal($"{Place}: is a database, but not a gradebook; name another; this one was left as it is.", await RefusedAsync(() => CourseGradebook.OpenAsync(Place, cancellation: Now)));
    }

    [Fact]
    public async Task A_damaged_gradebook()
    {
        await using (CourseGradebook gradebook = await Example.OpenAsync(Place))
            for (int student = 0; student < 50; student++)
                await gradebook.RecordAsync(Example.Attempt($"s{student}"), Example.Result(6, 4), Now);
        byte[] bytes = await File.ReadAllBytesAsync(Place, Now);
        bytes.AsSpan(4096).Fill(0xA5);
        await File.WriteAllBytesAsync(Place, bytes, Now);
        Assert.Equal($"{Place}: is damaged; restore it from a backup.", await RefusedAsync(async () =>
        {
            await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync(Place, cancellation: Now);
            return await gradebook.ReadAsync(Now);
        }));
    }

    [Fact]
    public async Task A_gradebook_of_a_newer_version()
    {
        await using (await Example.OpenAsync(Place))
        {
        }

        Execute("UPDATE gradebook_schema SET version = 7");
        string expected = $"{Place}: was written by a newer EsxCourse (version 7; this one knows up to 2); update EsxCourse.";
        Assert.Equal(expected, await RefusedAsync(() => CourseGradebook.OpenAsync(Place, cancellation: Now)));
        Assert.Equal(expected, await RefusedAsync(() => CourseGradebook.OpenExistingAsync(Place, cancellation: Now)));
    }

    [Fact]
    public async Task A_gradebook_that_does_not_say_its_version()
    {
        await using (await Example.OpenAsync(Place))
        {
        }

        Execute("DELETE FROM gradebook_schema");
        Assert.Equal($"{Place}: does not say which version it has; restore it from a backup.", await RefusedAsync(() => CourseGradebook.OpenAsync(Place, cancellation: Now)));
    }

    [Fact]
    public async Task Nothing_there()
    {
        Assert.Equal($"{Place}: there is no gradebook; grade a class into it first, or name another.", await RefusedAsync(() => CourseGradebook.OpenExistingAsync(Place, cancellation: Now)));
        Assert.False(File.Exists(Place));
    }

    [Fact]
    public async Task A_folder() =>
        Assert.Equal($"{folder.Path}: is a folder, not a gradebook; name a file in it.", await RefusedAsync(() => CourseGradebook.OpenAsync(folder.Path, cancellation: Now)));

    [Fact]
    public async Task A_file_in_a_folder_that_is_not_there() =>
        Assert.Equal($"{folder.File("no/g.db")}: its folder does not exist; create {folder.File("no")} first.", await RefusedAsync(() => CourseGradebook.OpenAsync(folder.File("no/g.db"), cancellation: Now)));

    [Fact]
    public async Task An_empty_name() =>
        Assert.Equal("gradebook: its place is empty; name a file, or postgres://user@host/database.", await RefusedAsync(() => CourseGradebook.OpenAsync(" ", cancellation: Now)));

    [Fact]
    public async Task A_course_that_is_not_in_it()
    {
        await using (await Example.OpenAsync(Place))
        {
        }

        Assert.Equal($"{Place}: holds no course 'os'; name one of: esx.", await RefusedAsync(() => CourseGradebook.OpenExistingAsync(Place, "os", Now)));
        await using (await CourseGradebook.OpenAsync(Place, "os", Now))
        {
        }

        Assert.Equal($"{Place}: holds several courses (esx, os); name one with --course.", await RefusedAsync(() => CourseGradebook.OpenExistingAsync(Place, cancellation: Now)));
    }

    [Fact]
    public async Task A_gradebook_that_another_program_keeps_locked()
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(new SqliteDatabase(Place, patience: TimeSpan.FromSeconds(1)), "esx", TimeProvider.System, Now);
        using SqliteConnection other = new($"Data Source={Place};Pooling=False");
        other.Open();
        using SqliteTransaction held = other.BeginTransaction();
        Assert.Equal($"{Place}: is locked by another program; wait for it to end, then try again.", await RefusedAsync(async () =>
        {
            await gradebook.DescribeAsync(Example.Tax, Now);
            return 0;
        }));
        Assert.Empty((await gradebook.ReadAsync(Now)).Assignments);
    }

    [Fact]
    public async Task A_disk_that_fills_up_loses_nothing_that_was_acknowledged()
    {
        RequiredTool.Need("bwrap");
        string disk = folder.File("disk");
        Directory.CreateDirectory(disk);
        // A disk of 512 KB. It lives in the sandbox, so what it holds in the end is copied out by a shell in there.
        string copy = folder.File("copy");
        Directory.CreateDirectory(copy);
        using WriterProcess writer = new($"{disk}/grades.db", 2000, "bwrap", "--dev-bind", "/", "/", "--size", "524288", "--tmpfs", disk, "--", "sh", "-c", $"\"$@\"; code=$?; cp {disk}/* {copy}; exit $code", "sh");
        List<string> acknowledged = await writer.SaysAllAsync();
        Assert.Equal((2, $"{disk}/grades.db: the disk is full; what was recorded before is safe; free some space, then run the same command again.\n"), await writer.EndAsync());
        Assert.NotEmpty(acknowledged);
        await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync($"{copy}/grades.db", cancellation: Now);
        Assert.Equal(acknowledged.Select(line => line[1..]), (await gradebook.ReadAsync(Now)).Attempts.Select(attempt => attempt.Attempt.Student));
    }

    [Fact]
    public async Task A_disk_that_may_only_be_read()
    {
        RequiredTool.Need("bwrap");
        await using (await Example.OpenAsync(Place))
        {
        }

        using WriterProcess writer = new(Place, 1, "bwrap", "--dev-bind", "/", "/", "--ro-bind", folder.Path, folder.Path, "--");
        Assert.Empty(await writer.SaysAllAsync());
        (int exitCode, string error) = await writer.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.Matches($"^{Place}: (may not be written|cannot be opened); see to its permissions, and to those of its folder.\n$", error);
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Place};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<string> RefusedAsync<T>(Func<Task<T>> work) => (await Assert.ThrowsAsync<BadInputException>(work)).Message;
}
