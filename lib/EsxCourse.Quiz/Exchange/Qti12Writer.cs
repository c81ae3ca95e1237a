using System.Globalization;
using System.Xml.Linq;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Writes a quiz as QTI 1.2, in the dialect that Canvas imports.</summary>
/// <remarks>
/// Canvas has no ordering in this dialect, so an ordering becomes a matching of places and steps. Option feedback is kept. A rubric cannot be carried: a
/// free-text question is an essay.
/// </remarks>
public static class Qti12Writer
{
    private static readonly XNamespace Qti = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2";

    /// <summary>Writes all questions of a quiz.</summary>
    /// <param name="quiz">The quiz as a student gets it; computed questions must be drawn.</param>
    /// <returns>The text of an XML file.</returns>
    public static string Write(QuizFile quiz) =>
        ImsManifest.Text(Document(quiz));

    /// <summary>Writes the content package that Canvas imports: a zip with a manifest and the questions.</summary>
    /// <param name="quiz">The quiz as a student gets it; computed questions must be drawn.</param>
    /// <returns>The bytes of a zip file, the same for the same quiz.</returns>
    public static byte[] WritePackage(QuizFile quiz) => ImsManifest.Zip(
    [
        ("imsmanifest.xml", ImsManifest.Of(quiz.Name, "IMS Content", "1.1.3", [new(quiz.Name, "imsqti_xmlv1p2", $"{quiz.Name}/{quiz.Name}.xml", [])])),
        ($"{quiz.Name}/{quiz.Name}.xml", Document(quiz)),
    ]);

    private static XElement Document(QuizFile quiz) =>
        new(Qti + "questestinterop",
            new XElement(Qti + "assessment", new XAttribute("ident", quiz.Name), new XAttribute("title", quiz.Title),
                new XElement(Qti + "section", new XAttribute("ident", "root_section"), quiz.Items.Select(Item))));

    private static XElement Item(QuizItem item) => item switch
    {
        ChoiceItem choice => Build(item, choice.Several ? "multiple_answers_question" : "multiple_choice_question",
            [Lid("response1", choice.Several, null, [.. choice.Options.Select((option, at) => ($"o{at}", option.Text))])],
            [
                Condition(100, choice.Several
                    ? new XElement(Qti + "and", choice.Options.Select((option, at) => option.Right ? Equal("response1", $"o{at}") : new XElement(Qti + "not", Equal("response1", $"o{at}"))))
                    : Equal("response1", $"o{choice.Options.ToList().FindIndex(option => option.Right)}")),
                .. choice.Options.Select((_, at) => Feedback(Equal("response1", $"o{at}"), $"o{at}_fb")),
            ],
            [.. choice.Options.Select((option, at) => ($"o{at}_fb", option.Why))]),
        NumericItem numeric => Build(item, "numerical_question", [Text("response1", decimals: true)],
            [Condition(100, new XElement(Qti + "or", Equal("response1", Number(numeric.Answer)), new XElement(Qti + "and",
                new XElement(Qti + "vargte", new XAttribute("respident", "response1"), Number(numeric.Answer - numeric.Tolerance)),
                new XElement(Qti + "varlte", new XAttribute("respident", "response1"), Number(numeric.Answer + numeric.Tolerance))))),
                .. numeric.Traps.Select((trap, at) => Feedback(Equal("response1", Number(trap.Value)), $"trap{at}_fb"))],
            [.. numeric.Traps.Select((trap, at) => ($"trap{at}_fb", $"{trap.Mistake}: {trap.Why}"))]),
        MatchingItem matching => Pairs(item, [.. matching.Pairs.Select(pair => (pair.Left, pair.Right, pair.Why))]),
        OrderingItem ordering => Pairs(item, [.. ordering.Steps.Select((step, at) => ($"place {at + 1}", step, ""))]),
        FillInItem { Blanks.Count: 1 } fillIn => Build(item, "short_answer_question", [Text("response1", decimals: false)],
            [Condition(100, new XElement(Qti + "or", fillIn.Blanks[0].Accepts.Select(word => Equal("response1", word)))), .. fillIn.Blanks[0].Accepts.Select(word => Feedback(Equal("response1", word), "gap1_fb"))],
            [("gap1_fb", fillIn.Blanks[0].Why)]),
        FillInItem fillIn => Build(item, "fill_in_multiple_blanks_question",
            [.. fillIn.Blanks.Select((blank, at) => Lid($"response_gap{at + 1}", false, $"gap{at + 1}", [.. blank.Accepts.Select((word, number) => ($"g{at}a{number}", word))]))],
            [.. fillIn.Blanks.SelectMany((blank, at) => blank.Accepts.Select((_, number) => Condition(100.0 / fillIn.Blanks.Count, Equal($"response_gap{at + 1}", $"g{at}a{number}"), add: true))),
                .. fillIn.Blanks.SelectMany((blank, at) => blank.Accepts.Select((_, number) => Feedback(Equal($"response_gap{at + 1}", $"g{at}a{number}"), $"gap{at + 1}_fb")))],
            [.. fillIn.Blanks.Select((blank, at) => ($"gap{at + 1}_fb", blank.Why))]),
        FreeTextItem => Build(item, "essay_question", [Text("response1", decimals: false)], [], []),
        _ => throw new ArgumentException($"'{item.Id}' has no numbers yet: call Vary first.", nameof(item)),
    };

    private static XElement Pairs(QuizItem item, (string Left, string Right, string Why)[] pairs) => Build(item, "matching_question",
        [.. pairs.Select((pair, at) => Lid($"response_{at}", false, pair.Left, [.. pairs.Select((other, number) => ($"r{number}", other.Right))]))],
        [.. pairs.Select((_, at) => Condition(100.0 / pairs.Length, Equal($"response_{at}", $"r{at}"), add: true)), .. pairs.Where(pair => pair.Why.Length > 0).Select((_, at) => Feedback(Equal($"response_{at}", $"r{at}"), $"pair{at}_fb"))],
        [.. pairs.Where(pair => pair.Why.Length > 0).Select((pair, at) => ($"pair{at}_fb", pair.Why))]);

    private static XElement Build(QuizItem item, string type, XElement[] responses, XElement[] conditions, (string Ident, string Text)[] feedback) =>
        new(Qti + "item", new XAttribute("ident", item.Id), new XAttribute("title", item.Id),
            new XElement(Qti + "itemmetadata", new XElement(Qti + "qtimetadata", Field("question_type", type), Field("points_possible", Number(item.Points)), Extra(item))),
            new XElement(Qti + "presentation", Material(Ask(item)), responses),
            new XElement(Qti + "resprocessing",
                new XElement(Qti + "outcomes", new XElement(Qti + "decvar", new XAttribute("maxvalue", 100), new XAttribute("minvalue", 0), new XAttribute("varname", "SCORE"), new XAttribute("vartype", "Decimal"))),
                new XElement(Qti + "respcondition", new XAttribute("continue", "Yes"), new XElement(Qti + "conditionvar", new XElement(Qti + "other")),
                    new XElement(Qti + "displayfeedback", new XAttribute("feedbacktype", "Response"), new XAttribute("linkrefid", "general_fb"))),
                conditions),
            feedback.Append(("general_fb", $"{item.Explanation} ({string.Join("; ", item.Cites)})")).Select(one =>
                new XElement(Qti + "itemfeedback", new XAttribute("ident", one.Item1), new XElement(Qti + "flow_mat", Material(one.Item2)))));

    // What the dialect has no word for; other systems pass over fields that they do not know, and Qti12Reader finds them again.
    private static XElement?[] Extra(QuizItem item) => item switch
    {
        NumericItem numeric => [Field("esx_decimals", $"{numeric.Decimals}"), numeric.Unit.Length > 0 ? Field("esx_unit", numeric.Unit) : null],
        ChoiceItem { Several: true, Credit: not Credit.Each } choice => [Field("esx_credit", choice.Credit == Credit.All ? "all" : "each-negative")],
        _ => [],
    };

    private static string Ask(QuizItem item)
    {
        string text = item.Picture is { } picture ? $"{item.Ask}\n\n{picture}" : item.Ask;
        if (item is not FillInItem { Blanks.Count: > 1 })
            return text;
        string[] pieces = text.Split(FillInItem.Gap);
        return string.Concat(pieces.Select((piece, at) => at + 1 < pieces.Length ? $"{piece}[gap{at + 1}]" : piece));
    }

    private static XElement Lid(string ident, bool several, string? label, (string Ident, string Text)[] options) =>
        new(Qti + "response_lid", new XAttribute("ident", ident), new XAttribute("rcardinality", several ? "Multiple" : "Single"),
            label is null ? null : Material(label),
            new XElement(Qti + "render_choice", options.Select(option => new XElement(Qti + "response_label", new XAttribute("ident", option.Ident), Material(option.Text)))));

    private static XElement Text(string ident, bool decimals) =>
        new(Qti + "response_str", new XAttribute("ident", ident), new XAttribute("rcardinality", "Single"),
            new XElement(Qti + "render_fib", decimals ? new XAttribute("fibtype", "Decimal") : null, new XElement(Qti + "response_label", new XAttribute("ident", "answer1"))));

    private static XElement Condition(double score, XElement test, bool add = false) =>
        new(Qti + "respcondition", new XAttribute("continue", add ? "Yes" : "No"), new XElement(Qti + "conditionvar", test),
            new XElement(Qti + "setvar", new XAttribute("action", add ? "Add" : "Set"), new XAttribute("varname", "SCORE"), Number(score)));

    private static XElement Feedback(XElement test, string ident) =>
        new(Qti + "respcondition", new XAttribute("continue", "Yes"), new XElement(Qti + "conditionvar", test),
            new XElement(Qti + "displayfeedback", new XAttribute("feedbacktype", "Response"), new XAttribute("linkrefid", ident)));

    private static XElement Equal(string ident, string value) => new(Qti + "varequal", new XAttribute("respident", ident), value);

    private static XElement Material(string text) => new(Qti + "material", new XElement(Qti + "mattext", new XAttribute("texttype", "text/plain"), text));

    private static XElement Field(string label, string entry) => new(Qti + "qtimetadatafield", new XElement(Qti + "fieldlabel", label), new XElement(Qti + "fieldentry", entry));

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
