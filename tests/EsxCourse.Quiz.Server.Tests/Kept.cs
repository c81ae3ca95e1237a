using Microsoft.Data.Sqlite;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>Looks into the database with no code of ours in between.</summary>
internal static class Kept
{
    /// <summary>All answers, in the order of their texts.</summary>
    public static string[] Texts(Classroom room) => Query(room, "SELECT text FROM answer ORDER BY text");

    /// <summary>The first column of a query.</summary>
    public static string[] Query(Classroom room, string sql)
    {
        using SqliteConnection database = new($"Data Source={room.Options.Database};Mode=ReadOnly;Pooling=False");
        database.Open();
        using SqliteCommand command = database.CreateCommand();
#pragma warning disable CA2100 // Written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(reader.GetValue(0).ToString()!);
        return [.. rows];
    }
}
