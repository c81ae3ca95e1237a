using System.Globalization;
using EsxCourse.Contracts;
using YamlDotNet.RepresentationModel;

namespace EsxCourse.Memory.Simulation;

// A YAML mapping, read strictly: every key must be asked for, every value must be of the kind that was asked for, and whatever is
// wrong is reported with its line. Done() at the end finds the keys that nobody knows.

internal sealed class YamlMap
{
    private readonly string file;
    private readonly YamlMappingNode node;
    private readonly HashSet<string> asked = [];

    public YamlMap(string file, YamlNode node, string what)
    {
        this.file = file;
        this.node = node as YamlMappingNode ?? throw Wrong(file, node, $"{what} must be a list of 'key: value' lines", "write keys and values below it, indented");
    }

    /// <summary>Where it begins: <c>file:line</c>.</summary>
    public string Place => $"{file}:{node.Start.Line}";

    public bool Has(string key) => Find(key) is not null;

    public string Text(string key) => Scalar(key) is { } value && value.Value!.Length > 0 ? value.Value : throw Wrong(node, $"'{key}' is missing or empty", $"add '{key}: …'");

    public string? OptionalText(string key) => Has(key) ? Text(key) : null;

    /// <summary>A whole number within limits.</summary>
    public long Number(string key, long least, long most, long? otherwise = null)
    {
        if (Scalar(key) is not { } value)
            return otherwise ?? throw Wrong(node, $"'{key}' is missing", $"add '{key}: NUMBER'");
        return long.TryParse(value.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw Wrong(value, $"'{key}: {value.Value}' is not a whole number from {least} to {(most == long.MaxValue ? "as large as you like" : most)}", "correct it");
    }

    /// <summary>A number with a fraction, within limits.</summary>
    public double Fraction(string key, double least, double most, double? otherwise = null, bool belowMost = false)
    {
        if (Scalar(key) is not { } value)
            return otherwise ?? throw Wrong(node, $"'{key}' is missing", $"add '{key}: NUMBER'");
        return double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && (belowMost ? number < most : number <= most)
            ? number
            : throw Wrong(value, $"'{key}: {value.Value}' is not a number from {least} to {(belowMost ? "below " : "")}{most}", "correct it");
    }

    public bool Flag(string key, bool otherwise) => Scalar(key) is not { } value ? otherwise : value.Value switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw Wrong(value, $"'{key}: {value.Value}' is neither true nor false", "write true or false"),
    };

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string key, T otherwise, params (string Word, T Value)[] choices)
    {
        if (Scalar(key) is not { } value)
            return otherwise;
        foreach ((string word, T meaning) in choices)
            if (word == value.Value)
                return meaning;
        throw Wrong(value, $"'{key}: {value.Value}' is unknown", $"write one of {string.Join(", ", choices.Select(c => c.Word))}");
    }

    /// <summary>A size: '64 MiB', '1 GiB', '512 KiB', '300 pages', or a bare number of pages; the space may be missing, as on a command line.</summary>
    public PageCount Size(string key, long least, PageCount? otherwise = null)
    {
        if (Scalar(key) is not { } value)
            return otherwise ?? throw Wrong(node, $"'{key}' is missing", $"add '{key}: 64 MiB'");
        return SizeOf(value.Value!) is { } size && size.Value >= least
            ? size
            : throw Wrong(value, $"'{key}: {value.Value}' is not a size of at least {new PageCount(least)}", "write for example 64 MiB, 512 KiB, 1 GiB or 300 pages");
    }

    public PageCount? OptionalSize(string key) => Has(key) ? Size(key, 0) : null;

    public YamlMap? Map(string key) => Find(key) is { } value ? new YamlMap(file, value, $"'{key}'") : null;

    /// <summary>The entries of a list of mappings; empty if the key is not there.</summary>
    public IReadOnlyList<YamlMap> Maps(string key)
    {
        if (Find(key) is not { } value)
            return [];
        return value is YamlSequenceNode list
            ? [.. list.Children.Select(c => new YamlMap(file, c, $"an entry of '{key}'"))]
            : throw Wrong(value, $"'{key}' must be a list", "begin each entry with '- '");
    }

    /// <summary>Finds keys that nobody asked for.</summary>
    /// <exception cref="BadInputException">There is one.</exception>
    public void Done()
    {
        foreach (YamlNode key in node.Children.Keys)
            if (key is not YamlScalarNode { Value: { } name } || !asked.Contains(name))
                throw Wrong(key, $"'{key}' means nothing here", $"write one of {string.Join(", ", asked.Order(StringComparer.Ordinal))}");
    }

    public BadInputException Wrong(string problem, string remedy) => Wrong(node, problem, remedy);

    public BadInputException Wrong(string key, string problem, string remedy) => Wrong(Find(key) ?? node, problem, remedy);

    private BadInputException Wrong(YamlNode at, string problem, string remedy) => Wrong(file, at, problem, remedy);

    private static BadInputException Wrong(string file, YamlNode at, string problem, string remedy) => new($"{file}:{at.Start.Line}", problem, remedy);

    private YamlNode? Find(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;
    }

    private YamlScalarNode? Scalar(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: not null } scalar => scalar,
        YamlNode other => throw Wrong(other, $"'{key}' must be a single value", "write it on the same line"),
    };

    private static PageCount? SizeOf(string text)
    {
        int unit = text.Length;
        while (unit > 0 && char.IsAsciiLetter(text[unit - 1]))
            unit--;
        if (!double.TryParse(text.AsSpan(0, unit), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(Math.Abs(number) < 1e12))
            return null;
        double? pages = text[unit..] switch
        {
            "" or "pages" or "page" => number,
            "KiB" => number / 4,
            "MiB" => number * 256,
            "GiB" => number * 262_144,
            _ => null,
        };
        return pages is { } whole && whole == Math.Floor(whole) && whole <= Virtualization.Pmap.MaxValue ? new PageCount((long)whole) : null;
    }
}
