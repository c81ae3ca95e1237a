using System.Text.Json;
using System.Text.RegularExpressions;

namespace EsxCourse.Lecture.Tests.Notebooks;

/// <summary>How the lectures are stored: no outputs, no stale metadata, small cells.</summary>
public sealed partial class NotebookShapeTests
{
    private const int LongestCell = 10;

    public static TheoryData<string> Lectures => [.. Directory.EnumerateFiles(Folder(), "*.ipynb").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Lectures))]
    public void A_lecture_is_stored_without_outputs(string lecture) =>
        Assert.All(CodeCells(lecture), cell =>
        {
            Assert.Equal(0, cell.GetProperty("outputs").GetArrayLength());
            Assert.Equal(JsonValueKind.Null, cell.GetProperty("execution_count").ValueKind);
        });

    [Theory]
    [MemberData(nameof(Lectures))]
    public void A_lecture_names_the_C_sharp_kernel_and_nothing_else(string lecture)
    {
        JsonElement root = Load(lecture);
        JsonElement metadata = root.GetProperty("metadata");
        Assert.Equal(".net-csharp", metadata.GetProperty("kernelspec").GetProperty("name").GetString());
        Assert.Equal("C#", metadata.GetProperty("kernelspec").GetProperty("language").GetString());
        Assert.Equal(["kernelspec", "language_info"], metadata.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.All(root.GetProperty("cells").EnumerateArray(), cell => Assert.Empty(cell.GetProperty("metadata").EnumerateObject()));
        Assert.Equal((4, 5), (root.GetProperty("nbformat").GetInt32(), root.GetProperty("nbformat_minor").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Lectures))]
    public void Every_cell_has_a_name_of_its_own(string lecture)
    {
        string[] ids = [.. Load(lecture).GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("id").GetString()!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Lectures))]
    public void No_cell_is_longer_than_a_reader_takes_in(string lecture)
    {
        (int Lines, string Source)[] cells = [.. CodeCells(lecture).Select(Source).Where(source => !source.StartsWith("#!", StringComparison.Ordinal)).Select(source => (LinesOfLogic(source), source)).OrderByDescending(cell => cell.Item1)];
        TestContext.Current.TestOutputHelper!.WriteLine($"The longest of {cells.Length} cells, {cells[0].Lines} lines of logic:\n{cells[0].Source}");
        Assert.True(cells[0].Lines <= LongestCell, $"{cells[0].Lines} lines of logic:\n{cells[0].Source}");
    }

    [Theory]
    [MemberData(nameof(Lectures))]
    public void A_lecture_has_goals_a_map_predictions_an_exercise_and_what_has_changed_since(string lecture)
    {
        string all = string.Join('\n', Load(lecture).GetProperty("cells").EnumerateArray().Select(Source));
        foreach (string part in new[] { "After this lecture you can", "#!mermaid", "redict", "exercises/", "What changed since 2002" })
            Assert.Contains(part, all, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lectures))]
    public void A_lecture_points_to_exercises_that_exist(string lecture)
    {
        string all = string.Join('\n', Load(lecture).GetProperty("cells").EnumerateArray().Select(Source));
        string[] named = [.. ExerciseSheet().Matches(all).Select(match => match.Value)];
        Assert.NotEmpty(named);
        Assert.All(named, sheet => Assert.True(File.Exists(Repository.Path(sheet)), $"{sheet} is not there."));
    }

    [GeneratedRegex(@"exercises/\d\d-[a-z-]+/README\.md")]
    private static partial Regex ExerciseSheet();

    private static int LinesOfLogic(string source) => source.Split('\n').Count(line =>
        line.Trim() is not ("" or "{" or "}" or "[" or "];") && !line.StartsWith("#r", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal));

    private static IEnumerable<JsonElement> CodeCells(string lecture) =>
        Load(lecture).GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code");

    private static string Source(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));

    private static JsonElement Load(string lecture) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), lecture))).RootElement;

    private static string Folder() => Repository.Path("notebooks");
}
