using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Reading;

// Reads one question. The key 'type' decides which keys it may have.
internal static class ItemReader
{
    private static readonly string[] Types = ["free-text"];

    public static QuizItem Read(YamlMap map)
    {
        string type = map.Text("type", "free-text");
        return type switch
        {
            "free-text" => FreeText(map),
            _ => throw new BadInputException(map.PlaceOf("type"), $"unknown type '{type}'", Nearest.Advice(type, Types)),
        };
    }

    private static FreeTextItem FreeText(YamlMap map)
    {
        map.Allow("id", "type", "ask", "points", "model", "rubric", "explanation", "cites");
        return new FreeTextItem(
            Id(map), map.Text("ask", "What is …?"), map.Number("points", 0.5, 100, "5"), map.Text("model", "the answer of a very good student"),
            RubricReader.Read(map.Map("rubric") ?? throw new BadInputException(map.Place, "'rubric' is missing", "add 'rubric:' with 'fullAt', 'words' and 'concepts' below it")),
            map.Text("explanation", "why the answer is what it is"), Cites(map));
    }

    private static string Id(YamlMap map)
    {
        string id = map.Text("id", "double-paging");
        return id.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && id[0] != '-' && id[^1] != '-'
            ? id
            : throw new BadInputException(map.PlaceOf("id"), $"'{id}' is no id", "use small letters, digits and dashes, such as 'double-paging'");
    }

    private static IReadOnlyList<Citation> Cites(YamlMap map) =>
        [.. map.Texts("cites").Select(text => Citation.Parse(text, out string remedy)
            ?? throw new BadInputException(map.PlaceOf("cites"), $"'{text}' is no slide, section or source that this course knows", remedy))];
}
