using System.Globalization;
using EsxCourse.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EsxCourse.Gradebook.Scoring;

/// <summary>
/// Reads a policy from YAML. Every key may be left out; what an assignment leaves out, <c>default</c> says.
/// <code>
/// freeDays: 5                      # late days that cost nothing, for each student over the whole course
/// default:
///   counts: best                   # best, last or first attempt
///   attempts: 3                    # only the first three may count
///   late:
///     grace: 15m                   # still in time; s, m, h or d
///     penaltyPerDay: 10%           # a day that has begun counts
///     penaltyOf: max               # of the points to be had (max) or of those earned (earned)
///     maximumDays: 7               # later than this earns nothing
///     freeDays: 2                  # of the free days, at most so many on one assignment
/// assignments:
///   07-idle-memory-tax:
///     due: 2026-11-20T23:59:00-06:00
/// extensions:
///   ann:
///     07-idle-memory-tax: 2026-11-25T23:59:00-06:00
/// </code>
/// </summary>
public static class PolicyFile
{
    /// <summary>Reads a policy.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="place">The file's name, for error lines.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="BadInputException">A key, a value or the YAML itself is wrong: says the line, what, and what to write instead.</exception>
    public static Policy Parse(string yaml, string place)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException error)
        {
            throw NotYaml(yaml, place, error);
        }

        return stream.Documents.Count switch
        {
            0 => Policy.None,
            1 => new Reader(place).Policy(stream.Documents[0].RootNode),
            _ => throw new BadInputException($"{place}:{stream.Documents[1].RootNode.Start.Line}", "begins a second document", "remove the '---' line"),
        };
    }

    /// <summary>Reads a moment as the course's files write it. Without an offset, the same file would mean another moment on another machine.</summary>
    internal static bool TryMoment(string text, out DateTimeOffset moment)
    {
        string[] formats = ["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mmzzz", "yyyy-MM-dd HH:mm:sszzz"];
        string offset = text.EndsWith('Z') ? $"{text[..^1]}+00:00" : text;
        return DateTimeOffset.TryParseExact(offset, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    private static BadInputException NotYaml(string yaml, string place, YamlException error)
    {
        string[] lines = yaml.TrimEnd().Split('\n');
        // The parser blames the line before a tab for it.
        int tab = Array.FindIndex(lines, line => line[..^line.TrimStart().Length].Contains('\t'));
        if (tab >= 0)
            return new BadInputException($"{place}:{tab + 1}", "is indented with a tab, which YAML does not allow", "indent with spaces", error);
        // It begins where a construct does and ends where it cannot go on, at times on the line after the last one.
        long line = Math.Min(error.End.Line, lines.Length);
        return new BadInputException($"{place}:{line}", $"is not YAML ({(error.InnerException?.Message ?? error.Message).TrimEnd('.')})", "mend that line", error);
    }

    private sealed class Reader(string place)
    {
        public Policy Policy(YamlNode root)
        {
            Dictionary<string, YamlNode> keys = Mapping(root, "freeDays", "default", "assignments", "extensions");
            AssignmentRule byDefault = keys.TryGetValue("default", out YamlNode? rule) ? Rule((YamlNode)rule, new AssignmentRule(), dueAllowed: false) : new AssignmentRule();
            Dictionary<string, AssignmentRule> assignments = keys.TryGetValue("assignments", out YamlNode? all)
                ? Mapping((YamlNode)all).ToDictionary(entry => entry.Key, entry => Rule(entry.Value, byDefault, dueAllowed: true), StringComparer.Ordinal)
                : [];
            Dictionary<(string, string), DateTimeOffset> extensions = [];
            if (keys.TryGetValue("extensions", out YamlNode? students))
                foreach ((string student, YamlNode of) in Mapping((YamlNode)students))
                    foreach ((string assignment, YamlNode due) in Mapping(of))
                        extensions.Add((student, assignment), Moment(due, assignment));
            return new Policy
            {
                FreeDays = keys.TryGetValue("freeDays", out YamlNode? days) ? Count((YamlNode)days, "freeDays", 0) : 0,
                Default = byDefault,
                Assignments = assignments,
                Extensions = extensions,
            };
        }

        private AssignmentRule Rule(YamlNode node, AssignmentRule inherited, bool dueAllowed)
        {
            string[] allowed = dueAllowed ? ["due", "counts", "attempts", "late"] : ["counts", "attempts", "late"];
            AssignmentRule rule = inherited;
            foreach ((string key, YamlNode value) in Mapping(node, allowed))
            {
                rule = key switch
                {
                    "due" => rule with { Due = Moment(value, key) },
                    "counts" => rule with { Counts = Choice<AttemptChoice>(value, key) },
                    "attempts" => rule with { Attempts = Count(value, key, 1) },
                    _ => rule with { Late = Late(value, rule.Late) },
                };
            }

            return rule;
        }

        private LateRule Late(YamlNode node, LateRule inherited)
        {
            LateRule late = inherited;
            foreach ((string key, YamlNode value) in Mapping(node, "grace", "penaltyPerDay", "penaltyOf", "maximumDays", "freeDays"))
            {
                late = key switch
                {
                    "grace" => late with { Grace = Duration(value, key) },
                    "penaltyPerDay" => late with { PenaltyPerDay = Part(value, key) },
                    "penaltyOf" => late with { PenaltyOf = Choice<PenaltyBase>(value, key) },
                    "maximumDays" => late with { MaximumDays = Count(value, key, 0) },
                    _ => late with { FreeDays = Count(value, key, 0) },
                };
            }

            return late;
        }

        /// <summary>The entries of a mapping; if keys are named, only these may be there. An empty value is an empty mapping.</summary>
        private Dictionary<string, YamlNode> Mapping(YamlNode node, params string[] allowed)
        {
            if (node is YamlScalarNode { Value: null or "" or "~" or "null" })
                return [];
            if (node is not YamlMappingNode mapping)
                throw Bad(node, "holds a value where keys are wanted", allowed.Length == 0 ? "write 'name: …' lines below it" : $"write one of: {string.Join(", ", allowed)}");
            Dictionary<string, YamlNode> entries = new(StringComparer.Ordinal);
            foreach ((YamlNode key, YamlNode value) in mapping)
            {
                string name = (key as YamlScalarNode)?.Value ?? throw Bad(key, "has a key that is no name", "write a plain name");
                if (allowed.Length > 0 && !allowed.Contains(name))
                    throw Bad(key, $"'{name}' is no key here", $"write one of: {string.Join(", ", allowed)}");
                entries.Add(name, value);
            }

            return entries;
        }

        private DateTimeOffset Moment(YamlNode node, string key)
        {
            string text = Scalar(node, key);
            return TryMoment(text, out DateTimeOffset moment)
                ? moment
                : throw Bad(node, $"{key}: '{text}' is no moment with an offset from UTC", "write it like 2026-11-20T23:59:00-06:00");
        }

        private TimeSpan Duration(YamlNode node, string key)
        {
            string text = Scalar(node, key);
            double seconds = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
            return seconds > 0 && uint.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint count) && count * seconds <= 366 * 86400
                ? TimeSpan.FromSeconds(count * seconds)
                : throw Bad(node, $"{key}: '{text}' is no duration up to a year", "write a whole number and s, m, h or d, like 15m");
        }

        private decimal Part(YamlNode node, string key)
        {
            string text = Scalar(node, key);
            bool percent = text.EndsWith('%');
            return decimal.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) && (percent ? value / 100 : value) is var part and >= 0 and <= 1
                ? part
                : throw Bad(node, $"{key}: '{text}' is no part from 0 to 1", "write it like 10% or 0.1");
        }

        private int Count(YamlNode node, string key, int least)
        {
            string text = Scalar(node, key);
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least && count <= 10_000
                ? count
                : throw Bad(node, $"{key}: '{text}' is no whole number from {least} to 10000", "write one");
        }

        private T Choice<T>(YamlNode node, string key) where T : struct, Enum
        {
            string text = Scalar(node, key);
            T[] found = [.. Enum.GetValues<T>().Where(value => Word(value) == text)];
            return found.Length == 1 ? found[0] : throw Bad(node, $"{key}: '{text}' is no choice", $"write one of: {string.Join(", ", Enum.GetValues<T>().Select(Word))}");

            static string Word(T value) => value.ToString().ToLowerInvariant();
        }

        private string Scalar(YamlNode node, string key) =>
            node is YamlScalarNode { Value: { } text } ? text.Trim() : throw Bad(node, $"{key} wants one value", "write it on the same line");

        private BadInputException Bad(YamlNode node, string problem, string remedy) => new($"{place}:{node.Start.Line}", problem, remedy);
    }
}
