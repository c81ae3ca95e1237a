using EsxCourse.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace EsxCourse.Gradebook.Store;

/// <summary>How the tables of one version become those of the next, in each dialect; one or several statements.</summary>
/// <param name="To">The version that results; it follows the one before it.</param>
/// <param name="Sqlite">For SQLite.</param>
/// <param name="Postgres">For PostgreSQL.</param>
internal sealed record SchemaUpgrade(int To, string Sqlite, string Postgres);

/// <summary>
/// The version of the tables. A new gradebook is created at the current one from the model; an older one climbs the ladder of
/// upgrades, all in one transaction with the version that is recorded, so that it is either old or new and never between.
/// A newer one is left alone. The version lies in a table of its own, one row.
/// </summary>
/// <param name="current">The version that this program writes.</param>
/// <param name="upgrades">The ladder to it, without a gap.</param>
internal sealed class Schema(int current, IReadOnlyList<SchemaUpgrade> upgrades)
{
    private const string VersionTable = "gradebook_schema";

    /// <summary>Version 1 did not know how long grading took.</summary>
    public static Schema Current { get; } = new(2, [new SchemaUpgrade(2, "ALTER TABLE result ADD COLUMN \"Milliseconds\" INTEGER NULL", "ALTER TABLE result ADD COLUMN \"Milliseconds\" integer")]);

    /// <summary>Creates or upgrades the tables if need be.</summary>
    /// <exception cref="BadInputException">The database is newer than this program, or not a gradebook.</exception>
    public async Task EnsureAsync(Database database, CancellationToken cancellation)
    {
        using IDisposable? turn = await database.TurnAsync(cancellation);
        await using GradebookContext context = database.Connect();
        await database.PrepareAsync(context, cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await database.LockSchemaAsync(context, cancellation);
        int? found = await VersionAsync(database, context, cancellation);
        if (found == current)
            return;

        if (found is null)
        {
            await context.Database.ExecuteSqlRawAsync(CreateScript(context), cancellation);
            await context.Database.ExecuteSqlAsync($"INSERT INTO gradebook_schema (version) VALUES ({current})", cancellation);
        }
        else
        {
            foreach (SchemaUpgrade upgrade in upgrades.Where(upgrade => upgrade.To > found).OrderBy(upgrade => upgrade.To))
                await context.Database.ExecuteSqlRawAsync(database.Sql(upgrade), cancellation);
            await context.Database.ExecuteSqlAsync($"UPDATE gradebook_schema SET version = {current}", cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Sees that there is a gradebook, without changing anything unless an old one needs its upgrade.</summary>
    /// <exception cref="BadInputException">There is none, or it is newer than this program.</exception>
    public async Task RequireAsync(Database database, CancellationToken cancellation)
    {
        int? found = null;
        if (database.MayExist)
        {
            await using GradebookContext context = database.Connect();
            found = await VersionAsync(database, context, cancellation);
        }

        if (found is null)
            throw new BadInputException(database.Place, "there is no gradebook", "grade a class into it first, or name another");
        if (found < current)
            await EnsureAsync(database, cancellation);
    }

    /// <summary>All statements that make the tables of the current version.</summary>
    public static string CreateScript(GradebookContext context) =>
        $"CREATE TABLE {VersionTable} (version INTEGER NOT NULL);\n{context.Database.GenerateCreateScript()}";

    /// <summary>The recorded version; null if the database is empty.</summary>
    private async Task<int?> VersionAsync(Database database, GradebookContext context, CancellationToken cancellation)
    {
        List<string> tables = await context.Database.SqlQueryRaw<string>(database.TableNames).ToListAsync(cancellation);
        if (!tables.Contains(VersionTable))
            return database.IsAlone && tables.Count > 0
                ? throw new BadInputException(database.Place, "is a database, but not a gradebook", "name another; this one was left as it is")
                : null;

        int[] versions = await context.Database.SqlQuery<int>($"SELECT version AS \"Value\" FROM gradebook_schema").ToArrayAsync(cancellation);
        return versions switch
        {
            [var version] when version > current => throw new BadInputException(database.Place, $"was written by a newer EsxCourse (version {version}; this one knows up to {current})", "update EsxCourse"),
            [var version] when version >= 1 => version,
            _ => throw new BadInputException(database.Place, "does not say which version it has", "restore it from a backup"),
        };
    }
}
