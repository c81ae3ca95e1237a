using System.Xml.Linq;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Exchange;

namespace EsxCourse.Quiz.Tests.Exchange;

public sealed class ExchangeTests
{
    private static readonly QuizBank Bank = QuizBank.Load(Quizzes.Folder);

    public static TheoryData<string> Topics() => [.. Bank.Quizzes.Where(quiz => quiz.Draws.Count == 0).Select(quiz => quiz.Name)];

    private static QuizFile Topic(string name) => Bank.Find(name).Vary(3);

    // GIFT carries one gap a question and no rubric; all else has to come back.
    private static QuizFile Carried(string name) => Topic(name) with { Items = [.. Topic(name).Items.Where(item => item is not FreeTextItem and not FillInItem { Blanks.Count: > 1 })] };

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_goes_through_GIFT_comes_back(string topic)
    {
        QuizFile quiz = Carried(topic);
        if (quiz.Items.Count == 0)
            return;
        IReadOnlyList<QuizItem> back = GiftReader.Read("quiz.gift", GiftWriter.Write(quiz));
        Assert.Equal(quiz.Items.Select(item => (item.Id, item.Type, item.Explanation)), back.Select(item => (item.Id, item.Type, item.Explanation)));
        Assert.All(quiz.Items.Zip(back), pair => Assert.Equal(pair.First.Cites, pair.Second.Cites));
        Assert.All(quiz.Items.Zip(back), pair => Same(pair.First, pair.Second));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_is_imported_can_be_written_as_a_quiz_file_and_read_again(string topic)
    {
        QuizFile quiz = Carried(topic);
        if (quiz.Items.Count == 0)
            return;
        IReadOnlyList<QuizItem> back = EsxCourse.Quiz.Reading.QuizReader.Read("quiz.yaml", EsxCourse.Quiz.Reading.YamlMap.Parse("quiz.yaml", QuizYamlWriter.Write(quiz.Title, quiz.Items))).Items;
        Assert.All(quiz.Items.Zip(back), pair => Same(pair.First, pair.Second));
        Assert.All(quiz.Items.Zip(back), pair => Assert.Equal(pair.First.Cites, pair.Second.Cites));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_table_has_one_line_for_each_question(string topic)
    {
        string csv = CsvWriter.Write(Topic(topic));
        Assert.Equal(Topic(topic).Items.Count + 1, csv.Split("\r\n").Length - 1);
        Assert.Equal(0, csv.Count(letter => letter == '"') % 2);
    }

    private static void Same(QuizItem one, QuizItem other)
    {
        switch (one)
        {
            case ChoiceItem choice:
                Assert.Equal(choice.Options.Select(option => (option.Text, option.Right, option.Why)), ((ChoiceItem)other).Options.Select(option => (option.Text, option.Right, option.Why)));
                break;
            case NumericItem numeric:
                Assert.Equal((Math.Round(numeric.Answer, 9), Math.Round(numeric.Tolerance, 9)), (((NumericItem)other).Answer, ((NumericItem)other).Tolerance));
                Assert.Equal(numeric.Traps.Select(trap => (trap.Mistake, trap.Why)), ((NumericItem)other).Traps.Select(trap => (trap.Mistake, trap.Why)));
                break;
            case MatchingItem matching:
                Assert.Equal(matching.Pairs.Select(pair => (pair.Left, pair.Right)), ((MatchingItem)other).Pairs.Select(pair => (pair.Left, pair.Right)));
                break;
            case OrderingItem ordering:
                Assert.Equal(ordering.Steps, ((OrderingItem)other).Steps);
                break;
            case FillInItem fillIn:
                Assert.Equal(fillIn.Ask, other.Ask);
                Assert.Equal(fillIn.Blanks[0].Accepts, ((FillInItem)other).Blanks[0].Accepts);
                break;
            default:
                Assert.Fail($"No comparison for {one.Type}.");
                break;
        }
    }

    [Theory]
    [InlineData("Without braces", 1, "without { and }")]
    [InlineData("// comment\n\nTwo {=a =b ~c}", 3, "2 right options")]
    [InlineData("How many? {#many}", 1, "'many' is not a number")]
    [InlineData("Write! {}", 1, "an essay")]
    [InlineData("Pairs {=a -> b}", 1, "a matching with one pair")]
    [InlineData("What? {none}", 1, "neither with = nor with ~")]
    public void A_wrong_GIFT_question_is_reported_with_its_line(string gift, int line, string problem)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => GiftReader.Read("quiz.gift", gift));
        Assert.Equal($"quiz.gift:{line}", bad.Place);
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_of_GIFT_in_a_text_are_escaped()
    {
        ChoiceItem item = new("marks", "Is {a} = b ~ c # d : e \\ f?", 1, false, [new("a -> ~b", true, "So: {yes}"), new("50% #1", false, "No = no")], "Because: #1.", []);
        ChoiceItem back = (ChoiceItem)GiftReader.Read("quiz.gift", GiftWriter.Write(Quizzes.Faux with { Items = [item] })).Single();
        Assert.Equal(item.Ask, back.Ask);
        Assert.Equal(item.Options, back.Options);
    }

    [Fact]
    public void GIFT_of_another_hand_is_read()
    {
        IReadOnlyList<QuizItem> items = GiftReader.Read("quiz.gift", "// made elsewhere\n$CATEGORY: x\n\nThe balloon inflates. {TRUE}\n\n::Two ways::Which? {\n~%50%a\n~%50%b\n~%-100%c\n}\n\nRoot of 2? {#1.41:0.01}\n");
        Assert.Equal(["single", "multiple", "numeric"], items.Select(item => item.Type));
        Assert.Equal(["a", "a b", "1.41"], items.Select(item => item.Key));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Moodle_XML_holds_every_question_once(string topic)
    {
        XElement quiz = XDocument.Parse(MoodleXmlWriter.Write(Topic(topic))).Root!;
        Assert.Equal(Topic(topic).Items.Select(item => item.Id), quiz.Elements("question").Skip(1).Select(question => question.Element("name")!.Element("text")!.Value));
        Assert.All(quiz.Elements("question").Where(question => (string?)question.Attribute("type") == "multichoice"), question =>
            Assert.Equal(100, question.Elements("answer").Select(answer => (double)answer.Attribute("fraction")!).Where(fraction => fraction > 0).Sum(), 3));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_response_that_QTI_scores_is_one_that_it_offers(string topic)
    {
        XNamespace qti = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2";
        XElement[] items = [.. XDocument.Parse(Qti12Writer.Write(Topic(topic))).Descendants(qti + "item")];
        Assert.Equal(Topic(topic).Items.Count, items.Length);
        Assert.All(items, item =>
        {
            ILookup<string, string> offered = item.Descendants(qti + "response_lid").SelectMany(lid => lid.Descendants(qti + "response_label").Select(label => ((string)lid.Attribute("ident")!, (string)label.Attribute("ident")!))).ToLookup(pair => pair.Item1, pair => pair.Item2);
            Assert.All(item.Descendants(qti + "varequal").Where(test => offered.Contains((string)test.Attribute("respident")!)), test => Assert.Contains(test.Value, offered[(string)test.Attribute("respident")!]));
            HashSet<string> feedback = [.. item.Elements(qti + "itemfeedback").Select(one => (string)one.Attribute("ident")!)];
            Assert.All(item.Descendants(qti + "displayfeedback"), link => Assert.Contains((string)link.Attribute("linkrefid")!, feedback));
        });
    }
}
