using EsxCourse.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EsxCourse.Cli.Book;

/// <summary>Which notebook and which cells answer which slide, and how many minutes it takes on stage: <c>notebooks/index.yaml</c>.</summary>
/// <param name="Slides">The slides, in the order of the lecture.</param>
internal sealed record LecturePlan(IReadOnlyList<PlannedSlide> Slides)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="BadInputException">The file is missing or wrong.</exception>
    public static LecturePlan Load(string file)
    {
        try
        {
            return new LecturePlan(new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<List<PlannedSlide>>(File.ReadAllText(file)));
        }
        catch (YamlException cause)
        {
            throw new BadInputException($"{file}:{cause.Start.Line}", "is no index of the slides", "write slide, notebook, minutes and lines with their cells", cause);
        }
        catch (IOException cause)
        {
            throw new BadInputException(file, "cannot be read", "restore it from the repository", cause);
        }
    }

    /// <summary>The slides of a lecture.</summary>
    public IEnumerable<PlannedSlide> Of(string notebook) => Slides.Where(slide => slide.Notebook == notebook);

    /// <summary>The lines of other lectures' slides that a lecture goes deeper into, with its own cells.</summary>
    public IEnumerable<(string Line, IEnumerable<string> Cells)> DeepenedBy(string notebook) =>
        from slide in Slides
        from line in slide.Lines
        let cells = line.Also.Where(place => place.StartsWith(notebook + "/", StringComparison.Ordinal)).Select(place => place[(notebook.Length + 1)..]).ToArray()
        where cells.Length > 0
        select (line.Line, cells.AsEnumerable());
}

/// <summary>A slide of the lecture.</summary>
internal sealed class PlannedSlide
{
    public string Slide { get; set; } = "";

    public string Notebook { get; set; } = "";

    /// <summary>How long it takes on stage, with its runs and predictions.</summary>
    public int Minutes { get; set; }

    public List<PlannedLine> Lines { get; set; } = [];
}

/// <summary>A line of a slide, and the cells that answer it.</summary>
internal sealed class PlannedLine
{
    public string Line { get; set; } = "";

    public List<string> Cells { get; set; } = [];

    /// <summary>Cells of other notebooks that answer it, too: <c>notebook/cell</c>.</summary>
    public List<string> Also { get; set; } = [];
}
