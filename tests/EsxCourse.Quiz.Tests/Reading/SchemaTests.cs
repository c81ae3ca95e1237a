using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz.Tests.Reading;

/// <summary>The schema for editors knows the same types and keys as the reader. What the reader knows is asked of it: an unknown key makes it name them all.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Quizzes.Folder, "quiz.schema.json"))).RootElement;

    private static IEnumerable<JsonElement> Items => Schema.GetProperty("properties").GetProperty("items").GetProperty("items").GetProperty("oneOf").EnumerateArray();

    public static TheoryData<string> Types() => [.. Items.Select(item => item.GetProperty("properties").GetProperty("type").GetProperty("const").GetString()!)];

    private static string[] Known(string yaml)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => QuizReader.Read("q.yaml", YamlMap.Parse("q.yaml", yaml)));
        return [.. bad.Remedy.Split(": ", 2)[1].Split(", ").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void The_schema_has_the_keys_of_a_quiz() =>
        Assert.Equal(Known("xxxxxxxxxxxx: 1\n"), Schema.GetProperty("properties").EnumerateObject().Select(key => key.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_schema_has_every_type() => Assert.Equal(Known("title: t\nitems:\n- {id: q, type: xxxxxxxxxxxx}\n"), Types().Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void The_schema_has_the_keys_of_each_type(string type) =>
        Assert.Equal(
            Known($"title: t\nitems:\n- {{id: q, type: {type}, xxxxxxxxxxxx: 1}}\n"),
            Items.Single(item => item.GetProperty("properties").GetProperty("type").GetProperty("const").GetString() == type).GetProperty("properties").EnumerateObject().Select(key => key.Name).Order(StringComparer.Ordinal));
}
