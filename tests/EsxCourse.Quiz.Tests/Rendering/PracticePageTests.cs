using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Quiz.Tests.Rendering;

public sealed class PracticePageTests
{
    private static readonly string Html = PracticePage.Render(QuizFile.Load(Path.Combine(Quizzes.Folder, "ballooning.yaml")).Vary(2));

    [Fact]
    public void A_graded_quiz_is_not_put_into_a_page() => Assert.Throws<ArgumentException>(() => PracticePage.Render(Quizzes.Faux));

    [Fact]
    public void Every_question_is_a_group_with_a_name() => Assert.Equal(Html.Split("<form").Length, Html.Split("<fieldset><legend>").Length);

    [Fact]
    public void Nothing_is_fetched()
    {
        // The name of SVG's namespace is no address to fetch from.
        Assert.DoesNotContain("http", Html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(" src=", Html, StringComparison.Ordinal);
        Assert.DoesNotContain("import ", Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_has_a_label() =>
        Assert.All(System.Text.RegularExpressions.Regex.Matches(Html, "<(select|textarea|input) id=\"([^\"]+)\""), match => Assert.Contains($"<label for=\"{match.Groups[2].Value}\"", Html, StringComparison.Ordinal));

    [Fact]
    public void No_text_can_end_the_script()
    {
        ChoiceItem item = new("evil", "A </script><b>?", 1, false, [new("x</script>", true, "</script><img onerror=1>"), new("y", false, "no")], "</script>", []);
        string html = PracticePage.Render(Quizzes.Faux with { Practice = true, Items = [item] });
        Assert.Equal(html.Split("<script").Length, html.Split("</script>").Length);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }
}
