using System.Globalization;
using System.Text.RegularExpressions;
using EsxCourse.Contracts;
using YamlDotNet.RepresentationModel;

namespace EsxCourse.Experiments;

// What is varied, as a user writes it:
//
//   tau=0..0.95/20            20 values from 0 to 0.95, both included
//   host.memory=16..64MiB/4   with a unit: 16MiB, 32MiB, 48MiB, 64MiB
//   host.victims=random,lru   a list
//
// The name is the path of a key in the scenario's YAML, parts divided by dots; a VM is named (vms.busy.shares), an event numbered from 0
// (events.0.to). A value is put into the YAML and read as any scenario is, so it means what it means there and a bad one is answered as there.

/// <summary>One thing of a scenario that is varied, and its values.</summary>
/// <param name="Path">The key in the scenario, parts divided by dots.</param>
/// <param name="Values">Its values, as they would be written in the scenario.</param>
public sealed partial record SweepAxis(string Path, IReadOnlyList<string> Values)
{
    private const int MaxValues = 1000;

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal) { ["tau"] = "host.tax", ["memory"] = "host.memory" };

    /// <summary>Reads an axis.</summary>
    /// <param name="text">For example <c>tau=0..0.95/20</c>.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="BadInputException">It is not written so.</exception>
    public static SweepAxis Parse(string text)
    {
        string[] sides = text.Split('=', 2);
        if (sides.Length < 2 || sides[0].Trim().Length == 0 || sides[1].Trim().Length == 0)
            throw Bad(text, "names no values");
        string path = ShortNames.GetValueOrDefault(sides[0].Trim(), sides[0].Trim());
        if (Range().Match(sides[1].Trim()) is not { Success: true } range)
            return new SweepAxis(path, [.. sides[1].Split(',').Select(value => value.Trim())]);

        double from = Number(range.Groups["from"]), to = Number(range.Groups["to"]);
        if (!int.TryParse(range.Groups["steps"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) || steps is < 2 or > MaxValues)
            throw Bad(text, $"asks for {range.Groups["steps"].Value} values; 2 to {MaxValues} can be had");
        string unit = range.Groups["unit"].Value;
        // Rounded, so that 0.1 + 0.2 is written 0.3.
        return new SweepAxis(path, [.. Enumerable.Range(0, steps).Select(i => Math.Round(from + ((to - from) * i / (steps - 1)), 9).ToString(CultureInfo.InvariantCulture) + unit)]);
    }

    /// <summary>A scenario's YAML with one of the values in it.</summary>
    /// <param name="place">The scenario's file, for messages.</param>
    /// <param name="yaml">The scenario.</param>
    /// <param name="value">The value.</param>
    /// <returns>The changed YAML.</returns>
    /// <exception cref="BadInputException">The scenario has nothing of that name to change.</exception>
    public string PutInto(string place, string yaml, string value)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlDotNet.Core.YamlException cause)
        {
            throw new BadInputException($"{place}:{cause.Start.Line}", "is no YAML", "run it once without --sweep to see what is wrong", cause);
        }

        string[] parts = Path.Split('.');
        YamlNode node = stream.Documents.Count > 0 ? stream.Documents[0].RootNode : throw Nothing(place, parts[0]);
        foreach (string part in parts[..^1])
            node = Below(node, part) ?? throw Nothing(place, part);
        if (node is not YamlMappingNode map)
            throw Nothing(place, parts[^1]);
        map.Children[new YamlScalarNode(parts[^1])] = new YamlScalarNode(value);

        StringWriter changed = new();
        stream.Save(changed, assignAnchors: false);
        return changed.ToString();
    }

    private static YamlNode? Below(YamlNode node, string part) => node switch
    {
        YamlMappingNode map => ValueOf(map, part),
        YamlSequenceNode list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index) => index < list.Children.Count ? list.Children[index] : null,
        YamlSequenceNode list => list.Children.OfType<YamlMappingNode>().FirstOrDefault(entry => ValueOf(entry, "name") is YamlScalarNode name && name.Value == part),
        _ => null,
    };

    private static YamlNode? ValueOf(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static BadInputException Bad(string text, string problem) =>
        new("--sweep", $"'{text}' {problem}", "write for example tau=0..0.95/20, host.memory=16..64MiB/4 or host.victims=random,lru");

    private BadInputException Nothing(string place, string part) =>
        new(place, $"has no '{part}', which --sweep {Path} asks for", "name a key of the scenario, for example host.tax or vms.NAME.shares");

    [GeneratedRegex(@"^(?<from>-?\d+(\.\d+)?)\.\.(?<to>-?\d+(\.\d+)?)\s*(?<unit>[A-Za-z]*)/(?<steps>\d+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Range();
}
