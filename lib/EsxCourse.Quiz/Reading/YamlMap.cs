using System.Globalization;
using EsxCourse.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EsxCourse.Quiz.Reading;

// One mapping of a YAML file, read field by field. It works on YamlDotNet's tree instead of its object mapper, because every node of the tree
// knows its line: whatever is wrong in a quiz file, the teacher gets file, line, what is wrong and what to write. A key that nobody asks for is
// an error too, with the nearest known key as the remedy; a misspelt `explanation` would otherwise vanish without a word.
internal sealed class YamlMap
{
    private readonly string file;
    private readonly YamlMappingNode node;

    private YamlMap(string file, YamlMappingNode node)
    {
        this.file = file;
        this.node = node;
    }

    /// <summary>Where this mapping begins, as <c>file:line</c>.</summary>
    public string Place => PlaceOf(node);

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.Select(Scalar);

    public static YamlMap Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, Directory.Exists(path) ? "is a folder, not a file" : "cannot be read", "name a YAML file that exists", cause);
        }

        return Parse(path, text);
    }

    public static YamlMap Parse(string file, string text)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException cause)
        {
            string problem = cause.InnerException?.Message ?? cause.Message;
            throw new BadInputException($"{file}:{cause.Start.Line}", $"is not YAML ({problem.TrimEnd('.')})", "check indentation, colons and quotes near this line", cause);
        }

        return stream.Documents.Count == 0
            ? throw new BadInputException(file, "is empty", "write the file, or take exercises/quizzes/faux-quiz.yaml as a pattern")
            : new YamlMap(file, stream.Documents[0].RootNode as YamlMappingNode
                ?? throw new BadInputException($"{file}:{stream.Documents[0].RootNode.Start.Line}", "does not begin with keys and values", "begin it with lines such as 'title: …'"));
    }

    /// <summary>Stops at the first key that is not one of <paramref name="keys"/>.</summary>
    public YamlMap Allow(params string[] keys)
    {
        foreach (YamlNode key in node.Children.Keys)
        {
            string name = Scalar(key);
            if (!keys.Contains(name))
                throw new BadInputException(PlaceOf(key), $"unknown key '{name}'", Nearest.Advice(name, keys));
        }

        return this;
    }

    public bool Has(string key) => node.Children.ContainsKey(new YamlScalarNode(key));

    public string PlaceOf(string key) => Child(key) is { } child ? PlaceOf(child) : Place;

    /// <summary>A text that must be there and must not be blank.</summary>
    public string Text(string key, string example) =>
        OptionalText(key) ?? throw new BadInputException(Place, $"'{key}' is missing", $"add '{key}: {example}'");

    public string? OptionalText(string key)
    {
        if (Child(key) is not { } child)
            return null;
        if (child is not YamlScalarNode { Value: { } value })
            throw new BadInputException(PlaceOf(child), $"'{key}' must be text, not {Kind(child)}", $"write '{key}: …' on one line, or '{key}: |' with the text below it");
        return value.Trim().Length > 0 ? value.Trim() : throw new BadInputException(PlaceOf(child), $"'{key}' is empty", "write something, or leave the key out");
    }

    /// <summary>A text that may be blank: an answer that a student left open.</summary>
    public string Answer(string key) => Child(key) switch
    {
        YamlScalarNode scalar => scalar.Value ?? "",
        { } child => throw new BadInputException(PlaceOf(child), $"the answer to '{key}' must be text, not {Kind(child)}", $"write '{key}: |' with the answer below it"),
        null => "",
    };

    public double Number(string key, double low, double high, string example)
    {
        string text = Text(key, example);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high
            ? value
            : throw new BadInputException(PlaceOf(key), $"'{key}' is '{text}', not a number from {low:0.##} to {high:0.##}", $"write for example '{key}: {example}'");
    }

    public double Number(string key, double low, double high, double otherwise) =>
        Has(key) ? Number(key, low, high, otherwise.ToString(CultureInfo.InvariantCulture)) : otherwise;

    public int Whole(string key, int low, int high, int otherwise)
    {
        if (!Has(key))
            return otherwise;
        string text = Text(key, $"{otherwise}");
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= low && value <= high
            ? value
            : throw new BadInputException(PlaceOf(key), $"'{key}' is '{text}', not a whole number from {low} to {high}", $"write for example '{key}: {otherwise}'");
    }

    public bool Flag(string key, bool otherwise) => OptionalText(key) switch
    {
        null => otherwise,
        "true" or "yes" => true,
        "false" or "no" => false,
        { } text => throw new BadInputException(PlaceOf(key), $"'{key}' is '{text}', neither true nor false", $"write '{key}: true' or leave it out"),
    };

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, bool required = true)
    {
        if (Child(key) is not { } child)
            return required ? throw new BadInputException(Place, $"'{key}' is missing", $"add '{key}:' with at least one '- …' below it") : [];
        if (child is YamlScalarNode)
            return [Text(key, "…")];
        return [.. Sequence(key, child).Select(entry => entry is YamlScalarNode { Value: { } value } && value.Trim().Length > 0
            ? value.Trim()
            : throw new BadInputException(PlaceOf(entry), $"an entry of '{key}' must be text, not {Kind(entry)}", "put the text in quotes behind the dash"))];
    }

    /// <summary>A list of mappings.</summary>
    public IReadOnlyList<YamlMap> Maps(string key, bool required = true)
    {
        if (Child(key) is not { } child)
            return required ? throw new BadInputException(Place, $"'{key}' is missing", $"add '{key}:' with at least one '- …' below it") : [];
        return [.. Sequence(key, child).Select(entry => entry is YamlMappingNode map
            ? new YamlMap(file, map)
            : throw new BadInputException(PlaceOf(entry), $"an entry of '{key}' must have keys of its own, not be {Kind(entry)}", "write it as '- key: value' lines"))];
    }

    /// <summary>A mapping below a key, or none.</summary>
    public YamlMap? Map(string key) => Child(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(file, map),
        { } other => throw new BadInputException(PlaceOf(other), $"'{key}' must have keys of its own, not be {Kind(other)}", $"write '{key}:' and indented 'name: value' lines below it"),
    };

    private IEnumerable<YamlNode> Sequence(string key, YamlNode child) =>
        child is not YamlSequenceNode list ? throw new BadInputException(PlaceOf(child), $"'{key}' must be a list, not {Kind(child)}", $"write '{key}:' with '- …' lines below it")
        : list.Children.Count == 0 ? throw new BadInputException(PlaceOf(child), $"'{key}' is an empty list", "add an entry, or leave the key out")
        : list.Children;

    private YamlNode? Child(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    private string PlaceOf(YamlNode at) => $"{file}:{at.Start.Line}";

    private string Scalar(YamlNode key) =>
        (key as YamlScalarNode)?.Value ?? throw new BadInputException(PlaceOf(key), "a key must be a plain word", "write 'name: value'");

    private static string Kind(YamlNode node) => node switch
    {
        YamlSequenceNode => "a list",
        YamlMappingNode => "keys and values",
        _ => "empty",
    };
}
