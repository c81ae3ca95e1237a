using System.Xml.Linq;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;
using EsxCourse.Quiz.Templates;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Tests.Templates;

/// <summary>"Look at this chart: what happens next?"</summary>
public sealed class ChartTemplateTests
{
    private static IEnumerable<ChoiceItem> Variants(string name) =>
        Enumerable.Range(1, 30).Select(seed => (ChoiceItem)ItemTemplate.Find(name)!.Draw(new SeedStream(seed, name), name, 1));

    [Theory]
    [InlineData("chart-balloon", 1)]
    [InlineData("chart-states", 4)]
    [InlineData("chart-sharing", 2)]
    public void The_run_goes_on_to_one_of_the_options_and_each_that_can_be_right_is_at_some_seed(string name, int ways)
    {
        Assert.All(Variants(name), item => Assert.Single(item.Options, option => option.Right));
        Assert.Equal(ways, Variants(name).Select(item => item.Options.Single(option => option.Right).Text).Distinct().Count());
    }

    [Theory]
    [InlineData("chart-balloon")]
    [InlineData("chart-states")]
    [InlineData("chart-sharing")]
    public void The_drawing_is_SVG_with_a_text_alternative_and_its_numbers_stand_beside_it(string name) =>
        Assert.All(Variants(name).Take(5), item =>
        {
            XElement svg = XElement.Parse(item.Drawing!);
            Assert.Equal(("svg", "img"), (svg.Name.LocalName, (string?)svg.Attribute("role")));
            Assert.True(((string?)svg.Attribute("aria-label"))!.Length > 30);
            int drawn = ((string)svg.Descendants().Single(one => one.Name.LocalName == "polyline").Attribute("points")!).Split(' ').Length;
            Assert.Equal(drawn, item.Picture!.Split('\n')[1].Split(' ').Length);
        });

    [Fact]
    public void A_balloon_chart_reaches_its_target_before_the_question_is_asked() =>
        Assert.All(Variants("chart-balloon"), item => Assert.EndsWith($" {item.Ask.Split("target of ")[1].Split(' ')[0]}", item.Picture!.Split('\n')[1], StringComparison.Ordinal));

    [Fact]
    public void A_page_shows_the_drawing_and_says_it_in_words()
    {
        QuizFile quiz = QuizBank.Load(Quizzes.Folder).Find("ballooning").Vary(1);
        string page = PracticePage.Render(quiz);
        Assert.Contains("<svg role=\"img\"", page, StringComparison.Ordinal);
        Assert.Contains("The picture in words", page, StringComparison.Ordinal);
    }
}
