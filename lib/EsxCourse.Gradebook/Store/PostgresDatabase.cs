using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using EsxCourse.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EsxCourse.Gradebook.Store;

/// <summary>
/// A gradebook on a department's PostgreSQL server. The server runs transactions side by side; the unique indexes decide who was first,
/// and the other one looks again. Several courses share one database.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    // Any number that nothing else locks: "esxc" in ASCII.
    private const long SchemaLock = 0x65737863;

    private readonly NpgsqlDataSource source;

    public PostgresDatabase(string location)
    {
        NpgsqlConnectionStringBuilder connection = IsUrl(location) ? FromUrl(location) : FromKeywords(location);
        Place = $"PostgreSQL {connection.Host}{(connection.Port == NpgsqlConnection.DefaultPort ? "" : $":{connection.Port}")}/{connection.Database ?? connection.Username}";
        source = NpgsqlDataSource.Create(connection);
    }

    public override string Place { get; }

    public override bool MayExist => true;

    public override bool IsAlone => false;

    public override string TableNames => "SELECT tablename::text AS \"Value\" FROM pg_tables WHERE schemaname = current_schema()";

    /// <summary>Whether the text names a PostgreSQL server.</summary>
    public static bool Means(string location) =>
        IsUrl(location) || location.Split(';').Any(part => part.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase));

    public override GradebookContext Connect() => new(new DbContextOptionsBuilder().UseNpgsql(source).Options);

    public override Task PrepareAsync(GradebookContext context, CancellationToken cancellation) => Task.CompletedTask;

    public override Task LockSchemaAsync(GradebookContext context, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SchemaLock})", cancellation);

    public override string Sql(SchemaUpgrade upgrade) => upgrade.Postgres;

    public override Task<IDbContextTransaction> BeginReadingAsync(GradebookContext context, CancellationToken cancellation) =>
        context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    public override bool IsRace(DbException error) => error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    public override BadInputException? Explain(DbException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Bad("the server refuses this user or password", "see to user and password, or to PGPASSWORD"),
        PostgresErrorCodes.InvalidCatalogName => Bad("there is no such database", "create it with: createdb NAME"),
        PostgresErrorCodes.DuplicateTable => Bad("holds tables of these names that are no gradebook", "name another database; this one was left as it is"),
        PostgresErrorCodes.InsufficientPrivilege => Bad("this user may not do that there", "grant it CREATE on the schema, and all on its tables"),
        PostgresErrorCodes.ReadOnlySqlTransaction => Bad("may only be read", "name the server that takes writes"),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => Bad("the server is out of space; what was recorded before is safe", "free some, then run the same command again"),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow => Bad("the server takes no more connections now", "try again in a moment"),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => Bad("the server was shut down; what was recorded before is safe", "start it, then run the same command again"),
        null when error is NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => Bad("no PostgreSQL server answers", "start the server, or name another one"),
        null when error is NpgsqlException => Bad(error.Message.TrimEnd('.'), "see to the connection and the server"),
        _ => null,
    };

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private static bool IsUrl(string location) =>
        location.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || location.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromKeywords(string location)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(location);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // The text itself may hold a password: it is not repeated.
            throw new BadInputException("the gradebook's Host=… text", "is not a connection string of PostgreSQL", "write Host=…;Database=…;Username=…", error);
        }
    }

    /// <summary>Reads <c>postgres://user:password@host:port/database?sslmode=require&amp;host=/socket/folder</c>, each part percent-encoded.</summary>
    private static NpgsqlConnectionStringBuilder FromUrl(string location)
    {
        BadInputException Unreadable(Exception? cause = null) =>
            new("the gradebook's postgres:// address", "cannot be read", "write postgres://user:password@host:port/database, with special characters percent-encoded", cause);

        // Uri wants a host; PostgreSQL allows none when a socket's folder follows in the query.
        int hostAt = location.IndexOf("://", StringComparison.Ordinal) + 3;
        int hostEnd = location.IndexOfAny(['/', '?'], hostAt) is var found and >= 0 ? found : location.Length;
        bool hasHost = hostEnd > hostAt && location[hostEnd - 1] != '@';
        string withHost = hasHost ? location : location.Insert(hostEnd, "localhost");
        if (!Uri.TryCreate(withHost, UriKind.Absolute, out Uri? url))
            throw Unreadable();
        try
        {
            NpgsqlConnectionStringBuilder connection = new() { Host = url.Host };
            if (url.Port > 0)
                connection.Port = url.Port;
            string[] user = url.UserInfo.Split(':', 2);
            if (user[0].Length > 0)
                connection.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length == 2)
                connection.Password = Uri.UnescapeDataString(user[1]);
            if (url.AbsolutePath.Length > 1)
                connection.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
            foreach (string[] option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=', 2)))
                connection[Keyword(option[0])] = option.Length == 2 ? Uri.UnescapeDataString(option[1]) : throw Unreadable();
            return connection;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Unreadable(error);
        }
    }

    /// <summary>libpq's name of an option in Npgsql's words, where they differ.</summary>
    private static string Keyword(string option) => option switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "dbname" => "Database",
        "user" => "Username",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        _ => option,
    };

    private BadInputException Bad(string problem, string remedy) => new(Place, problem, remedy);
}
