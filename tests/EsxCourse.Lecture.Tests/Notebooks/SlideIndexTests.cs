using System.Text.Json;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EsxCourse.Lecture.Tests.Notebooks;

/// <summary>Every line of the slides is answered by a cell. slides.md beside this file is a copy of the slides of the topics that have notebooks.</summary>
public sealed class SlideIndexTests
{
    private static readonly List<IndexedSlide> Index = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
        .Deserialize<List<IndexedSlide>>(File.ReadAllText(Repository.Path("notebooks", "index.yaml")));

    [Fact]
    public void Every_line_of_the_slides_is_in_the_index_in_the_order_of_the_slides() =>
        Assert.Equal(Slides(), Index.SelectMany(slide => slide.Lines.Select(line => (slide.Slide, line.Line))));

    [Fact]
    public void Every_line_is_answered_by_cells_that_exist() =>
        Assert.All(Index, slide =>
        {
            HashSet<string> cells = [.. Cells(slide.Notebook)];
            Assert.All(slide.Lines, line =>
            {
                Assert.NotEmpty(line.Cells);
                Assert.All(line.Cells, cell => Assert.True(cells.Contains(cell), $"{slide.Notebook} has no cell '{cell}', which should answer \"{line.Line}\""));
                Assert.All(line.Also, place => Assert.Contains(place.Split('/')[^1], Cells(place.Split('/')[0])));
            });
        });

    [Fact]
    public void Every_slide_has_its_minutes() => Assert.All(Index, slide => Assert.InRange(slide.Minutes, 1, 30));

    [Fact]
    public void Every_lecture_answers_some_slide() =>
        Assert.Equal(
            Directory.EnumerateFiles(Repository.Path("notebooks"), "*.ipynb").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Index.SelectMany(slide => slide.Lines.SelectMany(line => line.Also).Select(place => place.Split('/')[0]).Concat(slide.Lines.Count > 0 ? [slide.Notebook] : [])).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_lecture_has_its_minutes() =>
        Assert.Equal(
            Directory.EnumerateFiles(Repository.Path("notebooks"), "*.ipynb").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Index.Select(slide => slide.Notebook).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<(string Slide, string Line)> Slides()
    {
        string slide = "";
        foreach (string line in File.ReadLines(Repository.Path("tests", "EsxCourse.Lecture.Tests", "Notebooks", "slides.md")))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
                slide = line[2..].Trim();
            else if (line.Trim() is { Length: > 0 } text)
                yield return (slide, text.StartsWith("- ", StringComparison.Ordinal) ? text[2..] : text);
        }
    }

    private static IEnumerable<string> Cells(string notebook) =>
        JsonDocument.Parse(File.ReadAllText(Repository.Path("notebooks", notebook + ".ipynb"))).RootElement
            .GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("id").GetString()!);

    private sealed class IndexedSlide
    {
        public string Slide { get; set; } = "";

        public string Notebook { get; set; } = "";

        public int Minutes { get; set; }

        public List<IndexedLine> Lines { get; set; } = [];
    }

    private sealed class IndexedLine
    {
        public string Line { get; set; } = "";

        public List<string> Cells { get; set; } = [];

        public List<string> Also { get; set; } = [];
    }
}
