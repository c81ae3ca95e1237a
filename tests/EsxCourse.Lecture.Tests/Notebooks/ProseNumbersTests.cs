using System.Text.Json;
using System.Text.RegularExpressions;

namespace EsxCourse.Lecture.Tests.Notebooks;

/// <summary>No number in the lectures' prose is made up: each stands in a cell that is run, or in facts.md. facts.md beside this file is a copy of the course's facts.</summary>
public sealed partial class ProseNumbersTests
{
    private static readonly HashSet<string> Facts = Numbers(File.ReadAllText(Repository.Path("tests", "EsxCourse.Lecture.Tests", "Notebooks", "facts.md")));

    public static TheoryData<string> Lectures => NotebookShapeTests.Lectures;

    [Theory]
    [MemberData(nameof(Lectures))]
    public void Every_number_in_the_prose_stands_in_a_cell_or_in_the_facts(string lecture)
    {
        JsonElement[] cells = [.. JsonDocument.Parse(File.ReadAllText(Repository.Path("notebooks", lecture))).RootElement.GetProperty("cells").EnumerateArray()];
        HashSet<string> known = [.. Facts, .. cells.Where(cell => KindOf(cell) == "code").SelectMany(cell => Numbers(Source(cell)))];
        string[] madeUp = [.. cells.Where(cell => KindOf(cell) == "markdown")
            .SelectMany(cell => Numbers(NamesAndPlaces().Replace(Source(cell), " ")).Where(number => !IsKnown(known, number)).Select(number => $"{cell.GetProperty("id").GetString()}: {number}"))];
        Assert.Empty(madeUp);
    }

    [Fact]
    public void A_number_that_nobody_computes_is_found()
    {
        Assert.True(IsKnown(Facts, "75"));
        Assert.True(IsKnown(["0.85"], "85"));
        Assert.False(IsKnown(Facts, "731"));
        Assert.Equal(["731", "2,048"], Numbers(NamesAndPlaces().Replace("See `06-x`, §5.3, exercise **07-idle-memory-tax**: 731 of 2,048.", " ")));
    }

    // A percentage may stand in a cell as a fraction, and thousands without their comma.
    private static bool IsKnown(HashSet<string> known, string number) =>
        known.Contains(number) || known.Contains(number.Replace(",", "", StringComparison.Ordinal)) || (number.Length == 2 && known.Contains($"0.{number}"));

    private static HashSet<string> Numbers(string text) => [.. Number().Matches(text).Select(match => match.Value)];

    private static string KindOf(JsonElement cell) => cell.GetProperty("cell_type").GetString()!;

    private static string Source(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));

    [GeneratedRegex(@"(?<![\w.])\d+(?:[.,]\d+)*(?!\w)")]
    private static partial Regex Number();

    [GeneratedRegex(@"`[^`]*`|\*\*\d\d-[\w-]+\*\*|exercises/\S+|§[\d.]+|OSDI 20\d\d|SOSP 20\d\d|^\d+\. ", RegexOptions.Multiline)]
    private static partial Regex NamesAndPlaces();
}
