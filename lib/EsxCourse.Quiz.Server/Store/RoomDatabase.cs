using System.Collections.Concurrent;
using EsxCourse.Contracts;
using Microsoft.Data.Sqlite;

namespace EsxCourse.Quiz.Server.Store;

/// <summary>
/// The room in one SQLite file: who is in, their papers' seeds, their answers. The process holds nothing that it could not lose.
/// <list type="bullet">
/// <item>Write-ahead log with synchronous FULL: what <see cref="WriteAsync"/> has returned is on disk, whatever dies afterwards.</item>
/// <item>Readers see committed state only, each from a connection of its own, and keep no writer waiting.</item>
/// <item>One server a file: a lock on a file beside it, which the system lets go of when the process dies.</item>
/// </list>
/// </summary>
internal sealed class RoomDatabase : IAsyncDisposable
{
    // Says that a SQLite file is one of ours ("esxq"), and which version of the tables it has.
    private const long ApplicationId = 0x65737871;
    private const long Version = 1;

    private const string Tables = """
        CREATE TABLE room(id INTEGER PRIMARY KEY CHECK (id = 1), quiz TEXT NOT NULL, fingerprint TEXT NOT NULL, code TEXT NOT NULL, lecturer TEXT NOT NULL,
          secret TEXT NOT NULL, limit_ms INTEGER, attempts INTEGER NOT NULL, opened_ms INTEGER, closed_ms INTEGER, shown_ms INTEGER, filed_ms INTEGER) STRICT;
        CREATE TABLE student(number INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, token TEXT NOT NULL UNIQUE, personal TEXT NOT NULL,
          joined_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE attempt(student INTEGER NOT NULL REFERENCES student, number INTEGER NOT NULL, seed INTEGER NOT NULL, started_ms INTEGER NOT NULL,
          handed_in_ms INTEGER, picked TEXT, PRIMARY KEY (student, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE answer(student INTEGER NOT NULL, attempt INTEGER NOT NULL, item TEXT NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL, saved_ms INTEGER NOT NULL,
          PRIMARY KEY (student, attempt, item), FOREIGN KEY (student, attempt) REFERENCES attempt) STRICT;
        """;

    private readonly string path;
    private readonly FileStream onlyServer;
    private readonly GroupCommit writer;
    private readonly ConcurrentBag<SqlSession> readers = [];

    private RoomDatabase(string path, FileStream onlyServer, SqlSession session)
    {
        this.path = path;
        this.onlyServer = onlyServer;
        writer = new GroupCommit(session);
    }

    /// <summary>Opens the file; creates it if it is not there.</summary>
    /// <exception cref="BadInputException">Another server has it open, or it is something else, or cannot be written.</exception>
    public static RoomDatabase Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full) || !Directory.Exists(Path.GetDirectoryName(full)))
            throw new BadInputException(path, Directory.Exists(full) ? "is a folder" : "its folder does not exist", "name a file in a folder that exists");
        FileStream alone = Alone(path, full);
        SqlSession? session = null;
        try
        {
            session = new SqlSession(full, writes: true);
            Prepare(session, path);
            return new RoomDatabase(full, alone, session);
        }
        catch (Exception error)
        {
            session?.Dispose();
            alone.Dispose();
            if (error is SqliteException cause)
                throw new BadInputException(path, $"cannot be used as the quiz's database ({cause.Message.Trim()})", "name another file with --db", cause);
            throw;
        }
    }

    /// <summary>Does <paramref name="work"/> in a transaction; completes when it is on disk.</summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> work) => writer.WriteAsync(work);

    /// <summary>Reads committed state, all of it as of one moment.</summary>
    public T Read<T>(Func<SqlSession, T> work)
    {
        if (!readers.TryTake(out SqlSession? session))
            session = new SqlSession(path, writes: false);
        try
        {
            session.Execute("BEGIN");
            T result = work(session);
            session.Execute("COMMIT");
            readers.Add(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (readers.TryTake(out SqlSession? session))
            session.Dispose();
        await writer.DisposeAsync();
        await onlyServer.DisposeAsync();
    }

    private static FileStream Alone(string path, string full)
    {
        try
        {
            return new FileStream(full + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, File.Exists(full + ".lock") ? "another server has this quiz open" : "cannot be written", "stop that server, or name another file with --db", cause);
        }
    }

    private static void Prepare(SqlSession session, string path)
    {
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("BEGIN IMMEDIATE");
        long tables = Number(session, "SELECT count(*) FROM sqlite_master"), id = Number(session, "PRAGMA application_id"), version = Number(session, "PRAGMA user_version");
        if (tables == 0)
        {
            foreach (string statement in Tables.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                session.Execute(statement);
            session.Execute($"PRAGMA application_id = {ApplicationId}");
            session.Execute($"PRAGMA user_version = {Version}");
        }
        else if (id != ApplicationId || version != Version)
        {
            throw new BadInputException(path, id == ApplicationId ? "was written by a newer version of this program" : "is a database of something else", "name another file with --db");
        }

        session.Execute("COMMIT");
    }

    private static long Number(SqlSession session, string sql) => session.Query(sql, row => row.GetInt64(0)).Single();
}
