using System.Xml.Linq;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

// One question as a QTI 2.1 assessmentItem. Its children stand in the order that the specification asks for: what is answered (responseDeclaration), what
// comes of it (outcomeDeclaration: SCORE, FEEDBACK), the body, the processing, the feedback shown afterwards. Partial credit:
//
//   all             SCORE = points if the response is the correct one
//   each            one n-th for each option treated rightly, pair, place or gap
//   each-negative   the same by a mapping with negative entries and the lower bound 0
internal static class Qti21Item
{
    private static readonly XNamespace Qti = Qti21Writer.Qti;

    public static XElement Of(QuizItem item, string identifier)
    {
        Parts parts = item switch
        {
            ChoiceItem choice => Choice(choice),
            NumericItem numeric => Numeric(numeric),
            MatchingItem matching => Matching(matching),
            OrderingItem ordering => Ordering(ordering),
            FillInItem fillIn => FillIn(fillIn),
            FreeTextItem freeText => FreeText(freeText),
            _ => throw new ArgumentException($"'{item.Id}' has no numbers yet: call Vary first.", nameof(item)),
        };
        return El("assessmentItem", At("identifier", identifier), At("title", item.Id), At("adaptive", "false"), At("timeDependent", "false"),
            parts.Declarations,
            El("outcomeDeclaration", At("identifier", "SCORE"), At("cardinality", "single"), At("baseType", "float"), At("normalMaximum", Num(item.Points)), Default("0")),
            El("outcomeDeclaration", At("identifier", "FEEDBACK"), At("cardinality", parts.ManyFeedbacks ? "multiple" : "single"), At("baseType", "identifier")),
            El("outcomeDeclaration", At("identifier", "SOLUTION"), At("cardinality", "single"), At("baseType", "identifier"), Default("shown")),
            El("itemBody", item is FillInItem ? null : El("p", item.Ask), item.Picture is { } picture ? El("pre", picture) : null, parts.Body),
            parts.Processing.Count > 0 ? El("responseProcessing", parts.Processing) : null,
            parts.Feedback,
            El("modalFeedback", At("outcomeIdentifier", "SOLUTION"), At("showHide", "show"), At("identifier", "shown"), $"{item.Explanation} ({string.Join("; ", item.Cites)})"));
    }

    private sealed record Parts(XElement[] Declarations, XElement[] Body, IReadOnlyList<XElement> Processing)
    {
        public XElement[] Feedback { get; init; } = [];

        public bool ManyFeedbacks { get; init; }
    }

    private static Parts Choice(ChoiceItem item)
    {
        int count = item.Options.Count, rights = item.Options.Count(option => option.Right);
        XElement? mapping = !item.Several || item.Credit == Credit.All ? null : El("mapping", item.Credit == Credit.EachNegative ? At("lowerBound", "0") : null, At("defaultValue", "0"),
            item.Options.Select((option, at) => El("mapEntry", At("mapKey", $"o{at}"), At("mappedValue", Num((option.Right ? 1 : -1) * item.Points / (item.Credit == Credit.Each ? count : rights))))));
        XElement score = mapping is null ? If(Match("RESPONSE"), Score(Num(item.Points)))
            : item.Credit == Credit.EachNegative ? Set("SCORE", El("mapResponse", At("identifier", "RESPONSE")))
            // Each option left alone rightly counts too, but an empty answer earns nothing.
            : If(El("not", El("isNull", Var("RESPONSE"))), Set("SCORE", El("sum", El("mapResponse", At("identifier", "RESPONSE")), Float((count - rights) * item.Points / count))));
        return new Parts(
            [Declare("RESPONSE", item.Several ? "multiple" : "single", "identifier", Enumerable.Range(0, count).Where(at => item.Options[at].Right).Select(at => $"o{at}"), mapping)],
            [El("choiceInteraction", At("responseIdentifier", "RESPONSE"), At("shuffle", "false"), At("maxChoices", item.Several ? "0" : "1"),
                item.Options.Select((option, at) => El("simpleChoice", At("identifier", $"o{at}"), option.Text,
                    El("feedbackInline", At("outcomeIdentifier", "FEEDBACK"), At("identifier", $"o{at}"), At("showHide", "show"), " " + item.Cited(option.Why, option.Source)))))],
            [score, Set("FEEDBACK", Var("RESPONSE"))])
        { ManyFeedbacks = item.Several };
    }

    private static Parts Numeric(NumericItem item)
    {
        XElement Near(double value) => El("equal", At("toleranceMode", "absolute"), At("tolerance", $"{Num(item.Tolerance)} {Num(item.Tolerance)}"), Var("RESPONSE"), Float(value));
        XElement condition = If(Near(item.Answer), Score(Num(item.Points)));
        condition.Add(item.Traps.Select((trap, at) => El("responseElseIf", Near(trap.Value), Set("FEEDBACK", Identifier($"trap{at}")))));
        return new Parts(
            [Declare("RESPONSE", "single", "float", [Num(item.Answer)], null)],
            [El("p", El("textEntryInteraction", At("responseIdentifier", "RESPONSE"), At("expectedLength", "12")), item.Unit.Length > 0 ? " " + item.Unit : null)],
            [condition])
        {
            Feedback = [.. item.Traps.Select((trap, at) => El("modalFeedback", At("outcomeIdentifier", "FEEDBACK"), At("showHide", "show"), At("identifier", $"trap{at}"), $"{trap.Mistake}: {item.Cited(trap.Why, trap.Source)}"))],
        };
    }

    private static Parts Matching(MatchingItem item)
    {
        string[] right = [.. item.Pairs.Select((pair, at) => $"l{at} r{item.Rights.ToList().IndexOf(pair.Right)}")];
        string share = Num(item.Points / item.Pairs.Count);
        XElement? mapping = item.Credit == Credit.All ? null : El("mapping", At("lowerBound", "0"), At("defaultValue", item.Credit == Credit.EachNegative ? "-" + share : "0"),
            right.Select(pair => El("mapEntry", At("mapKey", pair), At("mappedValue", share))));
        return new Parts(
            [Declare("RESPONSE", "multiple", "directedPair", right, mapping)],
            [El("matchInteraction", At("responseIdentifier", "RESPONSE"), At("shuffle", "false"), At("maxAssociations", $"{item.Pairs.Count}"),
                El("simpleMatchSet", item.Pairs.Select((pair, at) => El("simpleAssociableChoice", At("identifier", $"l{at}"), At("matchMax", "1"), pair.Left))),
                El("simpleMatchSet", item.Rights.Select((text, at) => El("simpleAssociableChoice", At("identifier", $"r{at}"), At("matchMax", "1"), text))))],
            [mapping is null ? If(Match("RESPONSE"), Score(Num(item.Points))) : Set("SCORE", El("mapResponse", At("identifier", "RESPONSE")))]);
    }

    private static Parts Ordering(OrderingItem item)
    {
        string[] order = [.. item.Steps.Select(step => $"s{item.Shown.ToList().IndexOf(step)}")];
        XElement Placed(int at) => El("match", El("index", At("n", $"{at + 1}"), Var("RESPONSE")), Identifier(order[at]));
        XElement More(double points) => Set("SCORE", El("sum", Var("SCORE"), Float(points)));
        double share = item.Points / order.Length;
        List<XElement> score = item.Credit == Credit.All ? [If(Match("RESPONSE"), Score(Num(item.Points)))] : [.. order.Select((_, at) =>
        {
            XElement condition = If(Placed(at), More(share));
            if (item.Credit == Credit.EachNegative)
                condition.Add(El("responseElse", More(-share)));
            return condition;
        })];
        if (item.Credit == Credit.EachNegative)
            score.Add(If(El("lt", Var("SCORE"), Float(0)), Score("0")));
        return new Parts(
            [Declare("RESPONSE", "ordered", "identifier", order, null)],
            [El("orderInteraction", At("responseIdentifier", "RESPONSE"), At("shuffle", "false"), item.Shown.Select((step, at) => El("simpleChoice", At("identifier", $"s{at}"), step)))],
            score);
    }

    private static Parts FillIn(FillInItem item)
    {
        string Gap(int at) => $"RESPONSE{at + 1}";
        string share = Num(item.Points / item.Blanks.Count);
        string[] pieces = item.Ask.Split(FillInItem.Gap);
        XElement sum = Set("SCORE", El("sum", item.Blanks.Select((_, at) => El("mapResponse", At("identifier", Gap(at))))));
        List<XElement> score = [sum];
        if (item.Credit == Credit.All)
            score.Add(If(El("lt", Var("SCORE"), Float(item.Points - (item.Points / item.Blanks.Count / 2))), Score("0")));
        if (item.Credit == Credit.EachNegative)
            score.Add(If(El("lt", Var("SCORE"), Float(0)), Score("0")));
        return new Parts(
            [.. item.Blanks.Select((blank, at) => Declare(Gap(at), "single", "string", [blank.Accepts[0]], El("mapping", At("defaultValue", item.Credit == Credit.EachNegative ? "-" + share : "0"),
                blank.Accepts.Select(word => El("mapEntry", At("mapKey", word), At("mappedValue", share), At("caseSensitive", "false"))))))],
            [El("p", pieces.SelectMany((piece, at) => (object?[])[piece, at < item.Blanks.Count ? El("textEntryInteraction", At("responseIdentifier", Gap(at)), At("expectedLength", "20")) : null]))],
            score);
    }

    private static Parts FreeText(FreeTextItem item) => new(
        [Declare("RESPONSE", "single", "string", [], null)],
        [
            El("rubricBlock", At("view", "scorer"), El("p", item.ModelAnswer), El("ul", item.Rubric.Concepts.Select(concept => El("li", concept.Says)))),
            El("extendedTextInteraction", At("responseIdentifier", "RESPONSE"), At("expectedLines", "10")),
        ],
        []);

    private static XElement Declare(string name, string cardinality, string type, IEnumerable<string> correct, XElement? mapping) =>
        El("responseDeclaration", At("identifier", name), At("cardinality", cardinality), At("baseType", type),
            correct.ToArray() is { Length: > 0 } values ? El("correctResponse", values.Select(value => El("value", value))) : null, mapping);

    private static XElement If(XElement test, XElement then) => El("responseCondition", El("responseIf", test, then));

    private static XElement Set(string name, XElement value) => El("setOutcomeValue", At("identifier", name), value);

    private static XElement Score(string points) => Set("SCORE", El("baseValue", At("baseType", "float"), points));

    private static XElement Match(string name) => El("match", Var(name), El("correct", At("identifier", name)));

    private static XElement Var(string name) => El("variable", At("identifier", name));

    private static XElement Float(double value) => El("baseValue", At("baseType", "float"), Num(value));

    private static XElement Identifier(string value) => El("baseValue", At("baseType", "identifier"), value);

    private static XElement Default(string value) => El("defaultValue", El("value", value));

    private static XElement El(string name, params object?[] content) => new(Qti + name, content);

    private static XAttribute At(string name, string value) => new(name, value);

    private static string Num(double value) => Qti21Writer.Number(value);
}
