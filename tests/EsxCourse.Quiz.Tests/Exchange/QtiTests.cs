using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Exchange;

namespace EsxCourse.Quiz.Tests.Exchange;

/// <summary>QTI 1.2 there and back, and what the specification of QTI 2.1 demands of items, tests and packages.</summary>
public sealed class QtiTests
{
    private static readonly QuizBank Bank = QuizBank.Load(Quizzes.Folder);

    // The order of an item's children in QTI 2.1 (assessmentItem).
    private static readonly string[] ItemOrder = ["responseDeclaration", "outcomeDeclaration", "templateDeclaration", "templateProcessing", "stylesheet", "itemBody", "responseProcessing", "modalFeedback"];

    public static TheoryData<string> Topics() => [.. Bank.Quizzes.Where(quiz => quiz.Draws.Count == 0).Select(quiz => quiz.Name)];

    private static QuizFile Topic(string name) => Bank.Find(name).Vary(5);

    private static IReadOnlyList<QuizItem> Read(string xml) => Qti12Reader.Read("quiz.xml", new MemoryStream(Encoding.UTF8.GetBytes(xml)));

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_goes_through_QTI_1_2_comes_back(string topic)
    {
        QuizFile quiz = Topic(topic) with { Items = [.. Topic(topic).Items.Where(item => item is not FreeTextItem)] };
        if (quiz.Items.Count == 0)
            return;
        IReadOnlyList<QuizItem> back = Read(Qti12Writer.Write(quiz));
        Assert.Equal(quiz.Items.Select(item => (item.Id, item.Type, item.Points, item.Explanation, string.Join(';', item.Cites))), back.Select(item => (item.Id, item.Type, item.Points, item.Explanation, string.Join(';', item.Cites))));
        Assert.All(quiz.Items.Zip(back), pair => Assert.Equal(Content(pair.First), Content(pair.Second)));
    }

    // All that must survive, as text: options with what is right and why, answer, tolerance, unit, traps, pairs, steps, blanks.
    private static string Content(QuizItem item) => item switch
    {
        ChoiceItem choice => $"{choice.Several} {choice.Credit} " + string.Join('|', choice.Options.Select(option => $"{option.Text}={option.Right}={option.Why}")),
        NumericItem numeric => $"{numeric.Answer:0.######} {numeric.Tolerance:0.######} {numeric.Unit} {numeric.Decimals} " + string.Join('|', numeric.Traps.Select(trap => $"{trap.Value:0.######}={trap.Mistake}={trap.Why}")),
        MatchingItem matching => string.Join('|', matching.Pairs.Select(pair => $"{pair.Left}={pair.Right}={pair.Why}")),
        OrderingItem ordering => string.Join('|', ordering.Steps),
        FillInItem fillIn => fillIn.Ask + string.Join('|', fillIn.Blanks.Select(blank => $"{string.Join(',', blank.Accepts)}={blank.Why}")),
        _ => throw new ArgumentException(item.Type),
    };

    [Fact]
    public void A_zip_package_of_QTI_1_2_is_read_as_the_file_in_it()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("esx-qti-").FullName, "quiz.zip");
        try
        {
            File.WriteAllBytes(path, Qti12Writer.WritePackage(Topic("ballooning")));
            Assert.Equal(Topic("ballooning").Items.Select(item => item.Id), Qti12Reader.ReadFile(path).Select(item => item.Id));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void HTML_of_another_hand_loses_its_tags_and_keeps_its_text()
    {
        ChoiceItem item = (ChoiceItem)Assert.Single(Read("""
            <questestinterop><assessment ident="a" title="t"><section ident="root_section"><item ident="g1" title="Question">
            <presentation><material><mattext texttype="text/html">&lt;div&gt;Is &lt;b&gt;k&lt;/b&gt; &amp;lt; 1?&lt;/div&gt;</mattext></material>
            <response_lid ident="response1" rcardinality="Single"><render_choice><response_label ident="1"><material><mattext>True</mattext></material></response_label>
            <response_label ident="2"><material><mattext>False</mattext></material></response_label></render_choice></response_lid></presentation>
            <resprocessing><outcomes><decvar varname="SCORE"/></outcomes><respcondition><conditionvar><varequal respident="response1">2</varequal></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>
            </item></section></assessment></questestinterop>
            """));
        Assert.Equal(("Is k < 1?", "b"), (item.Ask, item.Key));
    }

    [Theory]
    [InlineData("<quiz/>", "quiz.xml", "root is 'quiz'")]
    [InlineData("<questestinterop>\n<item>", "quiz.xml:2", "is no XML")]
    [InlineData("<questestinterop/>", "quiz.xml", "holds no question")]
    [InlineData("<questestinterop>\n<item ident='q'/></questestinterop>", "quiz.xml:2", "without a text")]
    [InlineData("<questestinterop>\n\n<item ident='q'><presentation><material><mattext>Why?</mattext></material></presentation></item></questestinterop>", "quiz.xml:3", "an essay")]
    public void A_file_that_cannot_be_read_is_reported_with_its_place(string xml, string place, string problem)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => Read(xml));
        Assert.Equal(place, bad.Place);
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(bad.Remedy);
    }

    [Fact]
    public void A_file_that_names_another_file_as_an_entity_fetches_nothing() =>
        Assert.Throws<BadInputException>(() => Read("<!DOCTYPE q [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<questestinterop><item ident='q'><presentation><material><mattext>&x;</mattext></material></presentation></item></questestinterop>"));

    [Theory]
    [MemberData(nameof(Topics))]
    public void Items_of_QTI_2_1_have_what_the_specification_demands(string topic)
    {
        foreach ((string path, XElement item) in Qti21Writer.Files(Topic(topic)).Where(file => file.Path.StartsWith("items/", StringComparison.Ordinal)))
        {
            Assert.All(new[] { "identifier", "title", "adaptive", "timeDependent" }, name => Assert.NotNull(item.Attribute(name)));
            int[] order = [.. item.Elements().Select(child => Array.IndexOf(ItemOrder, child.Name.LocalName))];
            Assert.True(order.All(at => at >= 0) && order.SequenceEqual(order.Order()), $"{path}: {string.Join(' ', item.Elements().Select(child => child.Name.LocalName))}");
            string[] declared = [.. item.Elements().Where(child => child.Name.LocalName.EndsWith("Declaration", StringComparison.Ordinal)).Select(child => (string)child.Attribute("identifier")!)];
            Assert.Equal(declared.Length, declared.Distinct().Count());
            Assert.All(item.Descendants().Where(one => one.Name.LocalName is "variable" or "correct" or "mapResponse" or "setOutcomeValue"), one => Assert.Contains((string)one.Attribute("identifier")!, declared));
            Assert.All(item.Descendants().Attributes("responseIdentifier"), one => Assert.Contains(one.Value, declared));
            Assert.All(item.Descendants().Attributes("identifier"), one => Assert.Matches("^[A-Za-z_][A-Za-z0-9_.-]*$", one.Value));
            Assert.All(item.Elements().Where(child => child.Name.LocalName == "responseDeclaration"), declaration =>
            {
                string[] choices = [.. item.Descendants().Where(one => one.Name.LocalName is "simpleChoice" or "simpleAssociableChoice").Select(one => (string)one.Attribute("identifier")!)];
                if ((string)declaration.Attribute("baseType")! is "identifier" or "directedPair")
                    Assert.All(declaration.Descendants().Where(one => one.Name.LocalName == "value").SelectMany(one => one.Value.Split(' ')), value => Assert.Contains(value, choices));
            });
        }
    }

    [Fact]
    public void The_package_lists_every_file_and_every_item_of_the_test_is_in_it()
    {
        using ZipArchive zip = new(new MemoryStream(Qti21Writer.Write(Topic("paging"))));
        XElement manifest = XElement.Load(zip.GetEntry("imsmanifest.xml")!.Open());
        Assert.Equal(zip.Entries.Select(entry => entry.FullName).Where(name => name != "imsmanifest.xml").Order(StringComparer.Ordinal),
            manifest.Descendants().Where(one => one.Name.LocalName == "file").Select(one => (string)one.Attribute("href")!).Order(StringComparer.Ordinal));
        string[] resources = [.. manifest.Descendants().Where(one => one.Name.LocalName == "resource").Select(one => (string)one.Attribute("identifier")!)];
        Assert.All(manifest.Descendants().Where(one => one.Name.LocalName == "dependency"), one => Assert.Contains((string)one.Attribute("identifierref")!, resources));
        XElement test = XElement.Load(zip.GetEntry("test.xml")!.Open());
        Assert.Equal(Topic("paging").Items.Select(item => $"items/{item.Id}.xml"), test.Descendants().Where(one => one.Name.LocalName == "assessmentItemRef").Select(one => (string)one.Attribute("href")!));
    }

    [Fact]
    public void The_faux_quizs_time_limit_and_pick_go_into_the_test()
    {
        XElement test = Qti21Writer.Files(Quizzes.Faux.Vary(1)).Single(file => file.Path == "test.xml").Content;
        Assert.Equal("300", (string?)test.Elements().First(one => one.Name.LocalName == "timeLimits").Attribute("maxTime"));
        Assert.Contains("Answer 2 of the 4 questions.", test.Value, StringComparison.Ordinal);
    }
}
