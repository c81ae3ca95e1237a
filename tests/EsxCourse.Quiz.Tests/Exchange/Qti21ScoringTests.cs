using System.Globalization;
using System.Xml.Linq;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Exchange;

namespace EsxCourse.Quiz.Tests.Exchange;

/// <summary>The response processing of the QTI 2.1 export, carried out by the few operators of the specification that it uses, gives the points that the scorer gives.</summary>
public sealed class Qti21ScoringTests
{
    private static readonly QuizBank Bank = QuizBank.Load(Quizzes.Folder);

    public static TheoryData<string> Topics() => [.. Bank.Quizzes.Where(quiz => quiz.Draws.Count == 0 && quiz.Name != "faux-quiz").Select(quiz => quiz.Name)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_correct_response_scores_full_and_an_empty_one_nothing(string topic) =>
        Assert.All(Bank.Find(topic).Vary(2).Items, item =>
        {
            XElement xml = Qti21Item.Of(item, item.Id);
            Dictionary<string, string[]> correct = Part(xml, "responseDeclaration").ToDictionary(one => (string)one.Attribute("identifier")!, one => Part(one, "correctResponse").Single().Elements().Select(value => value.Value).ToArray());
            Assert.Equal(item.Points, Score(xml, correct), 6);
            Assert.Equal(0, Score(xml, correct.ToDictionary(one => one.Key, _ => Array.Empty<string>())), 6);
        });

    [Theory]
    [MemberData(nameof(Topics))]
    public void Any_letters_of_a_choice_score_as_the_scorer_says(string topic) =>
        Assert.All(Bank.Find(topic).Vary(2).Items.OfType<ChoiceItem>(), item => Assert.All(Enumerable.Range(1, (1 << item.Options.Count) - 1), mask =>
        {
            int[] chosen = [.. Enumerable.Range(0, item.Options.Count).Where(at => (mask >> at & 1) == 1)];
            if (item.Several || chosen.Length == 1)
                Assert.Equal(QuizScorer.Score(item, string.Join(' ', chosen.Select(ChoiceItem.Letter))).Points, Score(Qti21Item.Of(item, item.Id), new() { ["RESPONSE"] = [.. chosen.Select(at => $"o{at}")] }), 3);
        }));

    [Theory]
    [InlineData(Credit.All)]
    [InlineData(Credit.Each)]
    [InlineData(Credit.EachNegative)]
    public void Every_credit_rule_is_carried(Credit credit)
    {
        ChoiceItem item = new("q", "?", 3, true, [new("a", true, "w"), new("b", true, "w"), new("c", false, "w"), new("d", false, "w")], "e", []) { Credit = credit };
        foreach (string letters in new[] { "a", "a b", "a c", "a b c d", "c d" })
            Assert.Equal(QuizScorer.Score(item, letters).Points, Score(Qti21Item.Of(item, "q"), new() { ["RESPONSE"] = [.. letters.Split(' ').Select(letter => $"o{letter[0] - 'a'}")] }), 3);
    }

    private static double Score(XElement item, Dictionary<string, string[]> responses)
    {
        Dictionary<string, XElement> declared = Part(item, "responseDeclaration").ToDictionary(one => (string)one.Attribute("identifier")!);
        double score = 0;
        foreach (XElement rule in Part(item, "responseProcessing").SelectMany(one => one.Elements()))
            Run(rule);
        return score;

        void Run(XElement rule)
        {
            if (rule.Name.LocalName == "setOutcomeValue")
            {
                if ((string?)rule.Attribute("identifier") == "SCORE")
                    score = Number(rule.Elements().Single());
                return;
            }

            foreach (XElement branch in rule.Elements())
                if (branch.Name.LocalName == "responseElse" || Test(branch.Elements().First()))
                {
                    foreach (XElement inner in branch.Elements().Skip(branch.Name.LocalName == "responseElse" ? 0 : 1))
                        Run(inner);
                    return;
                }
        }

        bool Test(XElement test)
        {
            XElement[] sides = [.. test.Elements()];
            return test.Name.LocalName switch
            {
                "not" => !Test(sides[0]),
                "isNull" => Values(sides[0]).Length == 0,
                "lt" => Number(sides[0]) < Number(sides[1]) - 1e-9,
                "match" => Values(sides[0]).Length > 0 && (IsOrdered(test) ? Values(sides[0]).SequenceEqual(Values(sides[1])) : Values(sides[0]).Order().SequenceEqual(Values(sides[1]).Order())),
                "equal" => Values(sides[0]).Length > 0 && Math.Abs(Number(sides[0]) - Number(sides[1])) <= double.Parse(((string)test.Attribute("tolerance")!).Split(' ')[0], CultureInfo.InvariantCulture) + 1e-9,
                { } other => throw new InvalidOperationException(other),
            };
        }

        bool IsOrdered(XElement test) => test.Descendants().Any(one => one.Name.LocalName == "correct" && (string?)declared[(string)one.Attribute("identifier")!].Attribute("cardinality") == "ordered");

        string[] Values(XElement value) => value.Name.LocalName switch
        {
            "variable" when (string)value.Attribute("identifier")! == "SCORE" => [score.ToString("R", CultureInfo.InvariantCulture)],
            "variable" => responses[(string)value.Attribute("identifier")!],
            "correct" => [.. Part(declared[(string)value.Attribute("identifier")!], "correctResponse").Single().Elements().Select(one => one.Value)],
            "baseValue" => [value.Value],
            "index" => Values(value.Elements().Single()).Skip((int)value.Attribute("n")! - 1).Take(1).ToArray(),
            { } other => throw new InvalidOperationException(other),
        };

        double Number(XElement value) => value.Name.LocalName switch
        {
            "sum" => value.Elements().Sum(Number),
            "mapResponse" => Mapped((string)value.Attribute("identifier")!),
            _ => double.Parse(Values(value).Single(), CultureInfo.InvariantCulture),
        };

        double Mapped(string name)
        {
            XElement mapping = Part(declared[name], "mapping").Single();
            double sum = responses[name].Sum(value => (double?)mapping.Elements().FirstOrDefault(entry => string.Equals((string)entry.Attribute("mapKey")!, value, StringComparison.OrdinalIgnoreCase))?.Attribute("mappedValue") ?? (double)mapping.Attribute("defaultValue")!);
            return Math.Max(sum, (double?)mapping.Attribute("lowerBound") ?? double.MinValue);
        }
    }

    private static IEnumerable<XElement> Part(XElement under, string name) => under.Elements().Where(one => one.Name.LocalName == name);
}
