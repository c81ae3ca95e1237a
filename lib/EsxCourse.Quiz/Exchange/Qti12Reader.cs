using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Reads questions from QTI 1.2, as Canvas exports them: an XML file, or the zip package around it.</summary>
/// <remarks>
/// Choices, true and false, numbers with tolerance, matchings, short answers and sentences with several gaps. What <see cref="Qti12Writer"/> writes comes
/// back with type, options, answers, tolerance, unit, points and feedback. Texts that are HTML lose their tags. A question of another kind is refused
/// with its line rather than read wrongly. Nothing outside of the file is ever fetched.
/// </remarks>
public static partial class Qti12Reader
{
    private const long LongestXml = 20_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">An XML file or a zip package.</param>
    /// <exception cref="BadInputException">It is no QTI 1.2, or a question cannot be read; says the line and what to do.</exception>
    public static IReadOnlyList<QuizItem> ReadFile(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes is not [(byte)'P', (byte)'K', ..])
        {
            using MemoryStream xml = new(bytes);
            return Read(path, xml);
        }

        try
        {
            using ZipArchive zip = new(new MemoryStream(bytes));
            List<QuizItem> items = [];
            foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && entry.Name is not ("imsmanifest.xml" or "assessment_meta.xml")).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                if (entry.Length > LongestXml)
                    throw new BadInputException($"{path}/{entry.FullName}", "is longer than 20 MB", "export fewer questions at a time");
                using Stream xml = entry.Open();
                items.AddRange(Read($"{path}/{entry.FullName}", xml));
            }

            return items.Count > 0 ? items : throw new BadInputException(path, "holds no QTI 1.2", "give the package that Canvas, or 'esx quiz export --format qti12', writes");
        }
        catch (InvalidDataException cause)
        {
            throw new BadInputException(path, "is no zip that can be read", "export it again", cause);
        }
    }

    /// <summary>Reads one XML document.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="xml">Its bytes.</param>
    /// <exception cref="BadInputException">It is no QTI 1.2, or a question cannot be read.</exception>
    public static IReadOnlyList<QuizItem> Read(string file, Stream xml)
    {
        XDocument document;
        try
        {
            using XmlReader reader = XmlReader.Create(xml, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = LongestXml });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException cause)
        {
            throw new BadInputException($"{file}:{cause.LineNumber}", "is no XML: " + cause.Message.Split('.')[0].ToLowerInvariant(), "give a QTI 1.2 file such as Canvas exports", cause);
        }

        if (document.Root is not { Name.LocalName: "questestinterop" } root)
            throw new BadInputException(file, $"is no QTI 1.2: its root is '{document.Root?.Name.LocalName}'", "give a file whose root is 'questestinterop'; QTI 2.1 is exported, not imported");
        XElement[] items = [.. All(root, "item")];
        return items.Length > 0 ? [.. items.Select((item, at) => Item(file, item, at + 1))] : throw new BadInputException(file, "holds no question", "give a quiz with questions");
    }

    private static QuizItem Item(string file, XElement item, int number)
    {
        string place = $"{file}:{((IXmlLineInfo)item).LineNumber}";
        string id = Plainly((string?)item.Attribute("title") is { Length: > 0 } title ? title : (string?)item.Attribute("ident") ?? "");
        id = id.Length > 0 ? id : $"imported-{number}";
        ItemXml read = new(item);
        string ask = read.Ask;
        if (ask.Length == 0)
            throw new BadInputException(place, "a question without a text", "give it a text in 'presentation'");
        (string explanation, IReadOnlyList<Citation> cites) = GiftReader.Sources(read.General.Length > 0 ? read.General : GiftReader.NoReason);
        double points = double.TryParse(read.Field("points_possible"), NumberStyles.Float, CultureInfo.InvariantCulture, out double possible) && possible > 0 ? possible : 1;
        string type = read.Field("question_type") ?? read.Guess();
        return type switch
        {
            "multiple_choice_question" or "true_false_question" or "multiple_answers_question" => Choice(place, read, id, ask, points, type == "multiple_answers_question", explanation, cites),
            "numerical_question" => Numeric(place, read, id, ask, points, explanation, cites),
            "matching_question" => Matching(place, read, id, ask, points, explanation, cites),
            "short_answer_question" => new FillInItem(id, ask.Contains(FillInItem.Gap, StringComparison.Ordinal) ? ask : $"{ask} {FillInItem.Gap}", points, [Blank(place, read, "response1", explanation)], explanation, cites),
            "fill_in_multiple_blanks_question" => Gaps(place, read, id, ask, points, explanation, cites),
            "essay_question" => throw new BadInputException(place, "an essay, which has no rubric", "write it as a 'free-text' question with a rubric, and take it out here"),
            _ => throw new BadInputException(place, $"a question of the type '{type}', which this course does not have", "take it out, or make a choice, a number, a matching or gaps of it"),
        };
    }

    private static ChoiceItem Choice(string place, ItemXml read, string id, string ask, double points, bool several, string explanation, IReadOnlyList<Citation> cites)
    {
        if (read.Responses is not [ItemXml.Response response, ..])
            throw new BadInputException(place, "a choice without options", "give it a 'response_lid'");
        HashSet<string> right = [.. read.Scored(response.Ident)];
        Option[] options = [.. response.Labels.Select(label => new Option(label.Text, right.Contains(label.Ident), read.FeedbackOn(response.Ident, label.Ident) is { Length: > 0 } why ? why : GiftReader.NoReason))];
        int rights = options.Count(option => option.Right);
        if (options.Length < 2 || (several ? rights == 0 : rights != 1))
            throw new BadInputException(place, $"{options.Length} options, {rights} of them right", several ? "let 'resprocessing' score at least one" : "let 'resprocessing' score exactly one");
        return new ChoiceItem(id, ask, points, several, options, explanation, cites) { Credit = read.Field("esx_credit") switch { "all" => Credit.All, "each-negative" => Credit.EachNegative, _ => Credit.Each } };
    }

    private static NumericItem Numeric(string place, ItemXml read, string id, string ask, double points, string explanation, IReadOnlyList<Citation> cites)
    {
        XElement condition = read.ScoringConditions.FirstOrDefault() ?? throw new BadInputException(place, "a number without an answer", "let 'resprocessing' score one");
        double? Number(string name) => All(condition, name).Select(one => double.TryParse(one.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : (double?)null).FirstOrDefault();
        double? low = Number("vargte") ?? Number("vargt"), high = Number("varlte") ?? Number("varlt");
        double answer = Number("varequal") ?? (low + high) / 2 ?? throw new BadInputException(place, "a number without an answer", "give a 'varequal', or 'vargte' and 'varlte'");
        double tolerance = low is not null && high is not null ? Math.Round((high.Value - low.Value) / 2, 9) : 0;
        int decimals = int.TryParse(read.Field("esx_decimals"), out int asked) ? asked : tolerance == 0 ? 0 : Math.Clamp((int)Math.Floor(-Math.Log10(tolerance / 1.5) + 1e-9), 0, 9);
        List<Trap> traps = [];
        foreach ((XElement test, string why) in read.NumericFeedback)
        {
            double? value = All(test, "varequal").Select(one => (double?)double.Parse(one.Value, CultureInfo.InvariantCulture)).FirstOrDefault();
            int colon = why.IndexOf(": ", StringComparison.Ordinal);
            if (value is { } wrong && Math.Abs(wrong - answer) > tolerance)
                traps.Add(colon > 0 ? new Trap(wrong, why[..colon], why[(colon + 2)..]) : new Trap(wrong, "a known mistake", why));
        }

        return new NumericItem(id, ask, points, answer, decimals, tolerance, read.Field("esx_unit") ?? "", traps, explanation, cites);
    }

    private static QuizItem Matching(string place, ItemXml read, string id, string ask, double points, string explanation, IReadOnlyList<Citation> cites)
    {
        Pair[] pairs = [.. read.Responses.Select(response =>
        {
            string? right = read.Scored(response.Ident).FirstOrDefault();
            string text = response.Labels.FirstOrDefault(label => label.Ident == right).Text ?? throw new BadInputException(place, $"nothing belongs to '{response.Text}'", "let 'resprocessing' score one of its labels");
            return new Pair(response.Text, text, read.FeedbackOn(response.Ident, right!) is { Length: > 0 } why ? why : explanation);
        })];
        if (pairs.Length < 2)
            throw new BadInputException(place, "a matching with one pair", "give at least two");
        return pairs.Length >= 3 && pairs.Select((pair, at) => pair.Left == $"place {at + 1}").All(same => same)
            ? new OrderingItem(id, ask, points, [.. pairs.Select(pair => pair.Right)], explanation, cites)
            : new MatchingItem(id, ask, points, pairs, explanation, cites);
    }

    private static FillInItem Gaps(string place, ItemXml read, string id, string ask, double points, string explanation, IReadOnlyList<Citation> cites)
    {
        List<Blank> blanks = [];
        string text = GapName().Replace(ask, gap =>
        {
            ItemXml.Response response = read.Responses.FirstOrDefault(one => one.Ident == "response_" + gap.Groups[1].Value || one.Text == gap.Groups[1].Value)
                ?? throw new BadInputException(place, $"the gap {gap.Value} has no answers", "give it a 'response_lid'");
            HashSet<string> right = [.. read.Scored(response.Ident)];
            string[] words = [.. response.Labels.Where(label => right.Contains(label.Ident)).Select(label => label.Text)];
            string why = read.FeedbackOn(response.Ident, right.FirstOrDefault() ?? "");
            blanks.Add(new Blank(words.Length > 0 ? words : throw new BadInputException(place, $"the gap {gap.Value} has no right answer", "let 'resprocessing' score one"), why.Length > 0 ? why : explanation));
            return FillInItem.Gap;
        });
        return blanks.Count > 0 ? new FillInItem(id, text, points, blanks, explanation, cites) : throw new BadInputException(place, "a sentence without gaps", "write each gap as [name]");
    }

    private static Blank Blank(string place, ItemXml read, string ident, string explanation)
    {
        string[] words = [.. read.Scored(ident)];
        string why = words.Length > 0 ? read.FeedbackOn(ident, words[0]) : "";
        return words.Length > 0 ? new Blank(words, why.Length > 0 ? why : explanation) : throw new BadInputException(place, "a short answer without a right one", "let 'resprocessing' score one");
    }

    private static string Plainly(string title) =>
        string.Join('-', string.Concat(title.ToLowerInvariant().Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    internal static IEnumerable<XElement> All(XElement under, string name) => under.Descendants().Where(one => one.Name.LocalName == name);

    // The text of the first mattext; HTML without its tags.
    internal static string Text(XElement? under)
    {
        if (under is null || All(under, "mattext").FirstOrDefault() is not { } text)
            return "";
        if ((string?)text.Attribute("texttype") != "text/html")
            return text.Value.Trim();
        return WebUtility.HtmlDecode(Tag().Replace(LineBreak().Replace(text.Value, "\n"), "")).Replace('\u00a0', ' ').Trim();
    }

    [GeneratedRegex(@"\[([A-Za-z0-9_]+)\]")]
    private static partial Regex GapName();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<br */?>|</p>|</div>|</li>", RegexOptions.IgnoreCase)]
    private static partial Regex LineBreak();
}
