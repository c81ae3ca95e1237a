using EsxCourse.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EsxCourse.Gradebook.Scoring;

/// <summary>
/// When students handed in, told by whoever knows it better than the files do. Read from YAML: a moment for all that a student handed in,
/// or one for each assignment.
/// <code>
/// ann: 2026-11-20T23:10:00-06:00
/// bob:
///   07-idle-memory-tax: 2026-11-21T08:00:00-06:00
/// </code>
/// </summary>
public sealed class HandInTimes
{
    private readonly Dictionary<(string Student, string? Assignment), DateTimeOffset> times = [];

    private HandInTimes()
    {
    }

    /// <summary>The students that are named.</summary>
    public IEnumerable<string> Students => times.Keys.Select(key => key.Student).Distinct();

    /// <summary>Reads the times.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="place">The file's name, for error lines.</param>
    /// <returns>The times.</returns>
    /// <exception cref="BadInputException">Something in it is wrong: says the line, what, and what to write instead.</exception>
    public static HandInTimes Parse(string yaml, string place)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException error)
        {
            throw new BadInputException($"{place}:{error.Start.Line}", "is not YAML", "write a line for each student, like ann: 2026-11-20T23:10:00-06:00", error);
        }

        HandInTimes read = new();
        foreach ((YamlNode student, YamlNode value) in Entries(stream.Documents.FirstOrDefault()?.RootNode, place))
        {
            if (value is not YamlMappingNode)
                read.times.Add((Name(student, place), null), Moment(value, place));
            else
                foreach ((YamlNode assignment, YamlNode moment) in Entries(value, place))
                    read.times.Add((Name(student, place), Name(assignment, place)), Moment(moment, place));
        }

        return read;
    }

    /// <summary>When a student handed in an assignment; null if the file does not say.</summary>
    /// <param name="student">The student's key.</param>
    /// <param name="assignment">The assignment's slug.</param>
    /// <returns>The moment.</returns>
    public DateTimeOffset? For(string student, string assignment) =>
        times.TryGetValue((student, assignment), out DateTimeOffset its) ? its : times.TryGetValue((student, null), out DateTimeOffset all) ? all : null;

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(YamlNode? node, string place) => node switch
    {
        YamlMappingNode entries => entries.Children,
        null => [],
        _ => throw new BadInputException($"{place}:{node.Start.Line}", "is no list of students", "write a line for each, like ann: 2026-11-20T23:10:00-06:00"),
    };

    private static string Name(YamlNode node, string place) =>
        (node as YamlScalarNode)?.Value ?? throw new BadInputException($"{place}:{node.Start.Line}", "has a key that is no name", "write a plain name");

    private static DateTimeOffset Moment(YamlNode node, string place) =>
        node is YamlScalarNode { Value: { } text } && PolicyFile.TryMoment(text, out DateTimeOffset moment)
            ? moment
            : throw new BadInputException($"{place}:{node.Start.Line}", $"'{(node as YamlScalarNode)?.Value}' is no moment with an offset from UTC", "write it like 2026-11-20T23:59:00-06:00");
}
