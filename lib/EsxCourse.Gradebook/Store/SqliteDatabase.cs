using System.Data.Common;
using EsxCourse.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EsxCourse.Gradebook.Store;

/// <summary>
/// A gradebook in one file. Write-ahead log, every commit on disk before it is acknowledged (synchronous FULL): a process or a machine
/// that dies loses nothing acknowledged and leaves no half result. Writers of one process queue here, of several processes in SQLite,
/// which waits up to <see cref="patience"/> for another's transaction; EF Core begins a transaction as BEGIN IMMEDIATE, so that what was
/// read in it still holds when it writes. Not for a network file system: SQLite's locks do not work on most.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string path;
    private readonly TimeSpan patience;
    private readonly SemaphoreSlim turn = new(1);

    public SqliteDatabase(string path, TimeSpan? patience = null)
    {
        this.path = System.IO.Path.GetFullPath(path);
        this.patience = patience ?? TimeSpan.FromSeconds(30);
        if (Directory.Exists(this.path))
            throw new BadInputException(path, "is a folder, not a gradebook", "name a file in it");
        Place = path;
    }

    public override string Place { get; }

    public override bool MayExist => File.Exists(path);

    public override bool IsAlone => true;

    public override string TableNames => "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

    public override GradebookContext Connect()
    {
        SqliteConnectionStringBuilder connection = new() { DataSource = path, DefaultTimeout = (int)Math.Ceiling(patience.TotalSeconds), ForeignKeys = true };
        return new GradebookContext(new DbContextOptionsBuilder().UseSqlite(connection.ToString()).Options);
    }

    public override async Task PrepareAsync(GradebookContext context, CancellationToken cancellation)
    {
        if (System.IO.Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            throw new BadInputException(Place, "its folder does not exist", $"create {folder} first");
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
    }

    // BEGIN IMMEDIATE already holds the only write lock.
    public override Task LockSchemaAsync(GradebookContext context, CancellationToken cancellation) => Task.CompletedTask;

    public override string Sql(SchemaUpgrade upgrade) => upgrade.Sqlite;

    public override async Task<IDisposable?> TurnAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    public override async Task<IDbContextTransaction> BeginReadingAsync(GradebookContext context, CancellationToken cancellation)
    {
        // EF Core alone would take the write lock, which readers do not need and a file without write permission does not give.
        await context.Database.OpenConnectionAsync(cancellation);
        SqliteConnection connection = (SqliteConnection)context.Database.GetDbConnection();
        return (await context.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancellation))!;
    }

    // Writers never overlap, so nothing that was checked inside a transaction can have changed.
    public override bool IsRace(DbException error) => false;

    public override BadInputException? Explain(DbException error) => (error as SqliteException)?.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => Bad("is locked by another program", "wait for it to end, then try again"),
        SQLitePCL.raw.SQLITE_NOTADB => Bad("is not a gradebook (not a SQLite database)", "name the file that a grader wrote"),
        SQLitePCL.raw.SQLITE_CORRUPT => Bad("is damaged", "restore it from a backup"),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH => Bad("may not be written", "see to its permissions, and to those of its folder"),
        SQLitePCL.raw.SQLITE_FULL => Bad("the disk is full; what was recorded before is safe", "free some space, then run the same command again"),
        SQLitePCL.raw.SQLITE_IOERR => Bad($"the disk cannot be read or written ({error.Message.Trim()})", "see to the disk, then run the same command again"),
        SQLitePCL.raw.SQLITE_CANTOPEN => Bad("cannot be opened", "see to its permissions, and to those of its folder"),
        _ => null,
    };

    public override ValueTask DisposeAsync()
    {
        // The pool keeps files open; let go of them, so that the log is folded into the one file and that can be moved or deleted.
        using (GradebookContext context = Connect())
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private BadInputException Bad(string problem, string remedy) => new(Place, problem, remedy);

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
