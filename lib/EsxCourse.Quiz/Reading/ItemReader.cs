using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Templates;

namespace EsxCourse.Quiz.Reading;

// Reads one question. The key 'type' decides which keys it may have; what would make a question unanswerable or unfair is refused here: two options
// alike, no right one, a trap within the tolerance, gaps and blanks that do not add up.
internal static class ItemReader
{
    private static readonly string[] Common = ["id", "type", "ask", "points", "difficulty", "picture", "explanation", "cites"];

    private static readonly SortedDictionary<string, Func<YamlMap, QuizItem>> Types = new(StringComparer.Ordinal)
    {
        ["computed"] = Computed,
        ["fill-in"] = FillIn,
        ["free-text"] = FreeText,
        ["matching"] = Matching,
        ["multiple"] = map => Choice(map, several: true),
        ["numeric"] = Numeric,
        ["ordering"] = Ordering,
        ["single"] = map => Choice(map, several: false),
    };

    public static QuizItem Read(YamlMap map)
    {
        string type = map.Text("type", "single");
        if (!Types.TryGetValue(type, out Func<YamlMap, QuizItem>? read))
            throw new BadInputException(map.PlaceOf("type"), $"unknown type '{type}'", Nearest.Advice(type, Types.Keys));
        QuizItem item = read(map);
        return item with { Difficulty = map.Whole("difficulty", 1, 3, 1), Picture = map.OptionalText("picture") };
    }

    private static FreeTextItem FreeText(YamlMap map)
    {
        map.Allow([.. Common, "model", "rubric"]);
        return new FreeTextItem(
            Id(map), Ask(map), Points(map, "5"), map.Text("model", "the answer of a very good student"),
            RubricReader.Read(map.Map("rubric") ?? throw new BadInputException(map.Place, "'rubric' is missing", "add 'rubric:' with 'fullAt', 'words' and 'concepts' below it")),
            Explanation(map), Cites(map));
    }

    private static ChoiceItem Choice(YamlMap map, bool several)
    {
        map.Allow([.. Common, "options", .. several ? ["credit"] : Array.Empty<string>()]);
        List<Option> options = [];
        foreach (YamlMap entry in map.Maps("options"))
        {
            entry.Allow("right", "wrong", "why", "mistake", "cites");
            bool right = entry.Has("right");
            if (right == entry.Has("wrong"))
                throw new BadInputException(entry.Place, "an option is either right or wrong", "begin it with '- right: …' or '- wrong: …'");
            string text = entry.Text(right ? "right" : "wrong", "what the option says");
            if (options.Any(other => Same(other.Text, text)))
                throw new BadInputException(entry.Place, $"two options say '{text}'", "make them different, or take one out");
            options.Add(new Option(text, right, entry.Text("why", "why it is right, or the misunderstanding behind it"), entry.OptionalText("mistake")) { Source = Source(map, entry) });
        }

        int rights = options.Count(option => option.Right);
        if (options.Count is < 2 or > 10)
            throw new BadInputException(map.PlaceOf("options"), $"{options.Count} options", "give from 2 to 10");
        if (several ? rights == 0 : rights != 1)
            throw new BadInputException(map.PlaceOf("options"), $"{rights} options are right", several ? "mark at least one with 'right:'" : "mark exactly one with 'right:', or write 'type: multiple'");
        return new ChoiceItem(Id(map), Ask(map), Points(map, "1"), several, options, map.OptionalText("explanation") ?? options.First(option => option.Right).Why, Cites(map)) { Credit = Credit(map) };
    }

    private static NumericItem Numeric(YamlMap map)
    {
        map.Allow([.. Common, "answer", "decimals", "tolerance", "unit", "traps"]);
        int decimals = map.Whole("decimals", 0, 9, 0);
        double answer = map.Number("answer", -1e15, 1e15, "16"), least = NumericItem.LeastTolerance(decimals), tolerance = map.Number("tolerance", 0, 1e15, otherwise: least);
        if (tolerance < least)
            throw new BadInputException(map.PlaceOf("tolerance"), $"a point hangs on the last of {decimals} decimals", $"write 'tolerance: {least}' or more, or ask for fewer decimals");
        List<Trap> traps = [];
        foreach (YamlMap entry in map.Maps("traps", required: false))
        {
            entry.Allow("value", "mistake", "why", "cites");
            Trap trap = new(entry.Number("value", -1e15, 1e15, "8"), entry.Text("mistake", "forgot the link"), entry.Text("why", "what went wrong")) { Source = Source(map, entry) };
            if (Math.Abs(trap.Value - answer) <= 2 * tolerance)
                throw new BadInputException(entry.Place, $"the trap {trap.Value:0.####} lies within twice the tolerance of the answer", "narrow the tolerance or take the trap out");
            traps.Add(trap);
        }

        return new NumericItem(Id(map), Ask(map), Points(map, "1"), answer, decimals, tolerance, map.OptionalText("unit") ?? "", traps, Explanation(map), Cites(map));
    }

    private static MatchingItem Matching(YamlMap map)
    {
        map.Allow([.. Common, "pairs", "credit"]);
        List<Pair> pairs = [];
        foreach (YamlMap entry in map.Maps("pairs"))
        {
            entry.Allow("left", "right", "why", "cites");
            Pair pair = new(entry.Text("left", "what is given"), entry.Text("right", "what belongs to it"), entry.Text("why", "why")) { Source = Source(map, entry) };
            if (pairs.Any(other => Same(other.Left, pair.Left) || Same(other.Right, pair.Right)))
                throw new BadInputException(entry.Place, "a side stands in two pairs", "make all left-hand and all right-hand sides different");
            pairs.Add(pair);
        }

        if (pairs.Count is < 2 or > 10)
            throw new BadInputException(map.PlaceOf("pairs"), $"{pairs.Count} pairs", "give from 2 to 10");
        return new MatchingItem(Id(map), Ask(map), Points(map, "1"), pairs, map.OptionalText("explanation") ?? string.Join(" ", pairs.Select(pair => pair.Why)), Cites(map)) { Credit = Credit(map) };
    }

    private static OrderingItem Ordering(YamlMap map)
    {
        map.Allow([.. Common, "steps", "credit"]);
        IReadOnlyList<string> steps = map.Texts("steps");
        if (steps.Count is < 3 or > 10)
            throw new BadInputException(map.PlaceOf("steps"), $"{steps.Count} steps", "give from 3 to 10");
        if (steps.Where((step, at) => steps.Take(at).Any(other => Same(other, step))).FirstOrDefault() is { } twice)
            throw new BadInputException(map.PlaceOf("steps"), $"two steps say '{twice}'", "make them different");
        return new OrderingItem(Id(map), Ask(map), Points(map, "1"), steps, Explanation(map), Cites(map)) { Credit = Credit(map) };
    }

    private static FillInItem FillIn(YamlMap map)
    {
        map.Allow([.. Common, "blanks", "credit"]);
        string ask = Ask(map);
        List<Blank> blanks = [.. map.Maps("blanks").Select(entry => new Blank(entry.Allow("accept", "why", "cites").Texts("accept"), entry.Text("why", "why")) { Source = Source(map, entry) })];
        int gaps = ask.Split(FillInItem.Gap).Length - 1;
        if (gaps != blanks.Count)
            throw new BadInputException(map.PlaceOf("blanks"), $"the sentence has {gaps} gaps and the item {blanks.Count} blanks", $"write each gap as {FillInItem.Gap} and give one blank for each");
        return new FillInItem(Id(map), ask, Points(map, "1"), blanks, map.OptionalText("explanation") ?? string.Join(" ", blanks.Select(blank => blank.Why)), Cites(map)) { Credit = Credit(map) };
    }

    private static ComputedItem Computed(YamlMap map)
    {
        map.Allow("id", "type", "points", "difficulty", "template");
        string name = map.Text("template", "shares-per-page");
        ItemTemplate template = ItemTemplate.Find(name)
            ?? throw new BadInputException(map.PlaceOf("template"), $"no template '{name}'", Nearest.Advice(name, [.. ItemTemplate.All.Select(one => one.Name)]));
        return new ComputedItem(Id(map), Points(map, "2"), name, template.Title, template.Cites);
    }

    private static string Id(YamlMap map)
    {
        string id = map.Text("id", "double-paging");
        return id.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && id[0] != '-' && id[^1] != '-'
            ? id
            : throw new BadInputException(map.PlaceOf("id"), $"'{id}' is no id", "use small letters, digits and dashes, such as 'double-paging'");
    }

    private static string Ask(YamlMap map) => map.Text("ask", "What is …?");

    private static double Points(YamlMap map, string example) =>
        map.Has("points") || example == "5" ? map.Number("points", 0.5, 100, example) : double.Parse(example, System.Globalization.CultureInfo.InvariantCulture);

    private static string Explanation(YamlMap map) => map.Text("explanation", "why the answer is what it is");

    private static Credit Credit(YamlMap map) => map.OptionalText("credit") switch
    {
        null or "each" => Bank.Credit.Each,
        "all" => Bank.Credit.All,
        "each-negative" => Bank.Credit.EachNegative,
        { } other => throw new BadInputException(map.PlaceOf("credit"), $"unknown credit rule '{other}'", Nearest.Advice(other, ["all", "each", "each-negative"])),
    };

    // The question's sources; if it names none, those of its parts, each of which must then name its own (see Source).
    private static IReadOnlyList<Citation> Cites(YamlMap map) =>
        map.Has("cites") || PartsOf(map) is not { } parts ? Sources(map)
        : [.. map.Maps(parts).SelectMany(Sources).DistinctBy(cite => cite.Text)];

    // What a part's explanation cites: its own sources, or null for those of the question. No explanation may go without.
    private static string? Source(YamlMap map, YamlMap part) =>
        part.Has("cites") ? string.Join("; ", Sources(part))
        : map.Has("cites") ? null
        : throw new BadInputException(part.Place, "this explanation cites no slide or section, nor does the question", "add for example 'cites: [\"§3.2\"]' to the question, or to each of its parts");

    private static string? PartsOf(YamlMap map) => map.Has("options") ? "options" : map.Has("pairs") ? "pairs" : map.Has("blanks") ? "blanks" : null;

    private static IReadOnlyList<Citation> Sources(YamlMap map) =>
        [.. map.Texts("cites").Select(text => Citation.Parse(text, out string remedy)
            ?? throw new BadInputException(map.PlaceOf("cites"), $"'{text}' is no slide, section or source that this course knows", remedy))];

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
