using Microsoft.Data.Sqlite;

namespace EsxCourse.Quiz.Server.Store;

/// <summary>
/// One connection with its prepared statements, for one thread at a time. Values only ever travel as parameters (<c>$1</c>, <c>$2</c>, …), never
/// inside a statement's text; a student's name may hold any SQL it likes.
/// </summary>
internal sealed class SqlSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> statements = [];

    public SqlSession(string path, bool writes)
    {
        SqliteConnectionStringBuilder place = new()
        {
            DataSource = path,
            Mode = writes ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = 30,
        };
        connection = new SqliteConnection(place.ToString());
        connection.Open();
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteNonQuery();

    /// <summary>All rows of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using SqliteDataReader reader = Prepared(sql, values).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>The only row of a query; null if there is none.</summary>
    public T? One<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
        where T : class => Query(sql, row, values).SingleOrDefault();

    public void Dispose()
    {
        foreach (SqliteCommand statement in statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!statements.TryGetValue(sql, out SqliteCommand? statement))
        {
            statement = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this project.
            statement.CommandText = sql;
#pragma warning restore CA2100
            for (int at = 0; at < values.Length; at++)
                statement.Parameters.Add(new SqliteParameter($"${at + 1}", null));
            statements.Add(sql, statement);
        }

        for (int at = 0; at < values.Length; at++)
            statement.Parameters[at].Value = values[at] ?? DBNull.Value;
        return statement;
    }
}
