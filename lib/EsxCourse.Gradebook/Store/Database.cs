using System.Data.Common;
using EsxCourse.Contracts;
using Microsoft.EntityFrameworkCore.Storage;

namespace EsxCourse.Gradebook.Store;

/// <summary>
/// Where a gradebook lies, and all in which SQLite and PostgreSQL differ: how to connect, how to keep two programs from creating the
/// tables at once, and what their errors mean to the user.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    // A writer that lost a race looks again; each time somebody else has got further, so a few rounds are plenty.
    private const int Rounds = 10;

    /// <summary>The place in words, fit for an error line: never a password.</summary>
    public abstract string Place { get; }

    /// <summary>Whether there is something to open: a file, or (unknown before asking) a server.</summary>
    public abstract bool MayExist { get; }

    /// <summary>Chooses by the text: <c>postgres://…</c>, <c>postgresql://…</c> or <c>Host=…</c> is PostgreSQL, anything else a file's path.</summary>
    /// <exception cref="BadInputException">The text cannot be read.</exception>
    public static Database At(string location)
    {
        if (string.IsNullOrWhiteSpace(location))
            throw new BadInputException("gradebook", "its place is empty", "name a file, or postgres://user@host/database");
        return PostgresDatabase.Means(location) ? new PostgresDatabase(location) : new SqliteDatabase(location);
    }

    /// <summary>Makes a unit of work on a connection of its own.</summary>
    public abstract GradebookContext Connect();

    /// <summary>What to do once before the first transaction on a gradebook that may be written.</summary>
    public abstract Task PrepareAsync(GradebookContext context, CancellationToken cancellation);

    /// <summary>Inside a transaction: waits until no other program is creating or upgrading the tables.</summary>
    public abstract Task LockSchemaAsync(GradebookContext context, CancellationToken cancellation);

    /// <summary>Whether the whole database is the gradebook's, so that tables of others in it are a mistake.</summary>
    public abstract bool IsAlone { get; }

    /// <summary>A query for the names of all tables that are there.</summary>
    public abstract string TableNames { get; }

    /// <summary>The steps of an upgrade in this database's dialect.</summary>
    public abstract string Sql(SchemaUpgrade upgrade);

    /// <summary>Only one transaction at a time, where the database would merely queue them itself; otherwise does nothing.</summary>
    public virtual Task<IDisposable?> TurnAsync(CancellationToken cancellation) => Task.FromResult<IDisposable?>(null);

    /// <summary>Begins a transaction in which every query sees the same moment; it keeps no writer waiting.</summary>
    public abstract Task<IDbContextTransaction> BeginReadingAsync(GradebookContext context, CancellationToken cancellation);

    /// <summary>Whether doing the transaction once more can help: another writer was first.</summary>
    public abstract bool IsRace(DbException error);

    /// <summary>What the error means to the user; null for what can only be a fault of ours.</summary>
    public abstract BadInputException? Explain(DbException error);

    /// <summary>Runs <paramref name="work"/>; a database error that the user can do something about becomes one clear line.</summary>
    public async Task<T> ExplainingAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is not BadInputException && Cause(error) is { } cause && Explain(cause) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Runs <paramref name="work"/> and saves what it changed, in one transaction; again from the start if another writer was first.</summary>
    public Task<T> WriteAsync<T>(Func<GradebookContext, Task<T>> work, CancellationToken cancellation) => ExplainingAsync(async () =>
    {
        using IDisposable? turn = await TurnAsync(cancellation);
        for (int round = 1; ; round++)
        {
            try
            {
                await using GradebookContext context = Connect();
                await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
                T result = await work(context);
                await context.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return result;
            }
            catch (Exception error) when (round < Rounds && Cause(error) is { } cause && IsRace(cause))
            {
                // Its commit is what we see in the next round.
            }
        }
    });

    /// <summary>Closes what the driver keeps open.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>The driver's error inside what EF Core threw; null if there is none.</summary>
    public static DbException? Cause(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
            if (inner is DbException found)
                return found;
        return null;
    }
}
