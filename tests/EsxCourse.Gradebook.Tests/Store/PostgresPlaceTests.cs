using EsxCourse.Contracts;
using EsxCourse.Gradebook.Store;

namespace EsxCourse.Gradebook.Tests.Store;

/// <summary>How a place is told to be a server, and what is said of it. No server is needed.</summary>
public sealed class PostgresPlaceTests
{
    [Theory]
    [InlineData("postgres://ann@db.example/grades", "PostgreSQL db.example/grades")]
    [InlineData("postgresql://ann:s%40cret@db.example:5433/grades?sslmode=require", "PostgreSQL db.example:5433/grades")]
    [InlineData("postgres://ann@/grades?host=%2Frun%2Fpg", "PostgreSQL /run/pg/grades")]
    [InlineData("Host=db.example;Database=grades;Username=ann;Password=s@cret", "PostgreSQL db.example/grades")]
    [InlineData("Database=grades; host=db.example", "PostgreSQL db.example/grades")]
    public async Task A_server_is_named_without_its_password(string location, string expected)
    {
        await using Database database = Database.At(location);
        Assert.IsType<PostgresDatabase>(database);
        Assert.Equal(expected, database.Place);
    }

    [Theory]
    [InlineData("grades.db")]
    [InlineData("my Host file.db")]
    [InlineData("postgres.db")]
    public async Task Anything_else_is_a_file(string location)
    {
        await using Database database = Database.At(location);
        Assert.IsType<SqliteDatabase>(database);
    }

    [Theory]
    [InlineData("postgres://ann:s3cret@db.example:99999/grades")]
    [InlineData("postgres://ann:s3cret@db.example/grades?colour=red")]
    [InlineData("postgres://ann:s3cret@db.example/grades?sslmode")]
    [InlineData("Host=db.example;Password=s3cret;Colour=red")]
    public void A_place_that_cannot_be_read_is_refused_without_repeating_a_password(string location)
    {
        var bad = Assert.Throws<BadInputException>(() => Database.At(location));
        Assert.DoesNotContain("s3cret", bad.Message, StringComparison.Ordinal);
        Assert.Contains("write ", bad.Message, StringComparison.Ordinal);
    }
}
