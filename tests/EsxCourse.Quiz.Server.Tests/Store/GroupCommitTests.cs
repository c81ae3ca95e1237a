using EsxCourse.Quiz.Server.Store;

namespace EsxCourse.Quiz.Server.Tests.Store;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task A_write_that_is_acknowledged_is_committed()
    {
        using TemporaryFolder folder = new();
        await using GroupCommit commit = Open(folder);
        await commit.WriteAsync(session => session.Execute("INSERT INTO t VALUES ($1)", "a"));
        using SqlSession other = new(folder.File("t.db"), writes: false);
        Assert.Equal(["a"], other.Query("SELECT x FROM t", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_write_that_throws_is_undone_alone()
    {
        using TemporaryFolder folder = new();
        await using GroupCommit commit = Open(folder);
        // All three wait behind the first, so that they share a batch.
        using ManualResetEventSlim go = new();
        Task first = commit.WriteAsync(_ => go.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Task good = commit.WriteAsync(session => session.Execute("INSERT INTO t VALUES ('good')"));
        Task bad = commit.WriteAsync<int>(session =>
        {
            session.Execute("INSERT INTO t VALUES ('bad')");
            throw new InvalidOperationException("no");
        });
        Task alsoGood = commit.WriteAsync(session => session.Execute("INSERT INTO t VALUES ('also good')"));
        go.Set();
        await first;
        await good;
        await alsoGood;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(["also good", "good"], await commit.WriteAsync(session => session.Query("SELECT x FROM t ORDER BY x", row => row.GetString(0))));
    }

    [Fact]
    public async Task A_write_sees_what_the_one_before_it_in_the_batch_did()
    {
        using TemporaryFolder folder = new();
        await using GroupCommit commit = Open(folder);
        Task<int>[] counts = [.. Enumerable.Range(0, 500).Select(_ => commit.WriteAsync(session =>
        {
            session.Execute("INSERT INTO t VALUES ('x')");
            return session.Query("SELECT count(*) FROM t", row => row.GetInt32(0)).Single();
        }))];
        Assert.Equal(Enumerable.Range(1, 500), await Task.WhenAll(counts));
    }

    [Fact]
    public async Task If_the_commit_fails_nobody_is_told_that_anything_was_saved()
    {
        using TemporaryFolder folder = new();
        await using GroupCommit commit = Open(folder);
        await commit.WriteAsync(session => session.Execute("CREATE TABLE child(p TEXT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)"));
        // A deferred constraint fails at the commit, as a full disk does.
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => commit.WriteAsync(session => session.Execute("INSERT INTO child VALUES ('nobody')")));
        Assert.Equal(1, await commit.WriteAsync(session => session.Execute("INSERT INTO t VALUES ('next')")));
    }

    [Fact]
    public async Task What_waits_when_the_room_closes_is_still_committed()
    {
        using TemporaryFolder folder = new();
        GroupCommit commit = Open(folder);
        Task<int>[] writes = [.. Enumerable.Range(0, 1000).Select(_ => commit.WriteAsync(session => session.Execute("INSERT INTO t VALUES ('x')")))];
        await commit.DisposeAsync();
        await Task.WhenAll(writes);
        using SqlSession other = new(folder.File("t.db"), writes: true);
        Assert.Equal(1000, other.Query("SELECT count(*) FROM t", row => row.GetInt32(0)).Single());
    }

    private static GroupCommit Open(TemporaryFolder folder)
    {
        SqlSession session = new(folder.File("t.db"), writes: true);
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute("CREATE TABLE t(x TEXT)");
        session.Execute("CREATE TABLE parent(x TEXT PRIMARY KEY)");
        return new GroupCommit(session);
    }
}
