using System.Xml.Linq;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Quiz.Tests.Rendering;

public sealed class ScoreHtmlTests
{
    private static string Render(string answer) =>
        ScoreHtml.Render(QuizScorer.Score(Quizzes.Faux, new AnswerSheet("faux-quiz", "<b>Ada</b>", new Dictionary<string, string> { ["balloon"] = answer })));

    [Fact]
    public void What_a_student_wrote_is_escaped()
    {
        string html = Render("<script>alert(1)</script> The driver pins pages.");
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fragment_is_one_well_formed_element() => Assert.Equal("section", XElement.Parse(Render("A driver in the guest pins pages & frees them.")).Name.LocalName);

    [Fact]
    public void The_evidence_is_marked() => Assert.Contains("<mark>Later the balloon deflates</mark>", Render("Later the balloon deflates."), StringComparison.Ordinal);

    [Fact]
    public void The_answer_comes_out_whole()
    {
        const string answer = "A driver in the guest allocates pages and pins them. Then ESX reclaims the machine pages behind them.";
        Assert.Equal(answer, XElement.Parse(Render(answer)).Descendants("blockquote").Single().Value);
    }

    [Fact]
    public void A_human_has_to_confirm() => Assert.Contains("to be confirmed by a human", Render("Nothing."), StringComparison.Ordinal);
}
