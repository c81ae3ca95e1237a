using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Tests.Scoring;

public sealed class ClosedScorerTests
{
    private static readonly ChoiceItem Choice = new("c", "Which?", 4, true, [new("a", true, "w"), new("b", true, "w"), new("c", false, "w"), new("d", false, "w")], "e", []);

    private static double Points(QuizItem item, string answer) => QuizScorer.Score(item, answer).Points;

    [Theory]
    [InlineData(Credit.All, "a b", 4)]
    [InlineData(Credit.All, "a", 0)]
    [InlineData(Credit.Each, "a", 3)]
    [InlineData(Credit.Each, "a b c", 3)]
    [InlineData(Credit.Each, "a b c d", 2)]
    [InlineData(Credit.EachNegative, "a", 2)]
    [InlineData(Credit.EachNegative, "a b c", 2)]
    [InlineData(Credit.EachNegative, "c d", 0)]
    public void A_multiple_choice_earns_by_its_credit_rule(Credit credit, string answer, double points) => Assert.Equal(points, Points(Choice with { Credit = credit }, answer));

    [Theory]
    [InlineData("b,a")]
    [InlineData("AB")]
    [InlineData("a) b)")]
    public void Letters_may_be_written_in_any_usual_way(string answer) => Assert.Equal(4, Points(Choice, answer));

    [Fact]
    public void A_letter_that_is_not_there_is_remarked() => Assert.Contains("not one of the letters a to d", QuizScorer.Score(Choice, "a b x").Remarks[0], StringComparison.Ordinal);

    [Fact]
    public void Two_letters_do_not_answer_a_single_choice() => Assert.Equal(0, Points(new ChoiceItem("s", "?", 1, false, [new("a", true, "w"), new("b", false, "w")], "e", []), "a b"));

    private static readonly NumericItem Size = new("n", "How much?", 1, 1536, 0, 2, "MB", [], "e", []);

    [Theory]
    [InlineData("1536", 1)]
    [InlineData("1536 MB", 1)]
    [InlineData("1.5 GB", 1)]
    [InlineData("1537.9mb", 1)]
    [InlineData("= 1536", 1)]
    [InlineData("1539", 0)]
    [InlineData("1536 GB", 0)]
    [InlineData("1536 pages", 0)]
    [InlineData("1,536", 0)]
    [InlineData("about 1536", 0)]
    public void A_number_is_read_with_its_unit(string answer, double points) => Assert.Equal(points, Points(Size, answer));

    [Fact]
    public void A_unit_in_other_words_is_the_same_unit() => Assert.Equal(1, Points(Size with { Unit = "shares per page" }, "1536 shares/page"));

    [Fact]
    public void A_wrong_unit_is_named() => Assert.Contains("“pages” is not MB", QuizScorer.Score(Size, "1536 pages").Remarks[0], StringComparison.Ordinal);

    private static readonly FillInItem Gaps = new("f", "A ___ and a ___.", 2, [new(["hint frame"], "w"), new(["copy-on-write", "CoW"], "w")], "e", []);

    [Theory]
    [InlineData("hint frame; copy on write", 2)]
    [InlineData("Hint frames; COW", 2)]
    [InlineData("; cow", 1)]
    [InlineData("cow; hint frame", 0)]
    public void Gaps_are_filled_in_order_whatever_case_hyphen_or_ending(string answer, double points) => Assert.Equal(points, Points(Gaps, answer));

    [Fact]
    public void A_pair_that_cannot_be_read_is_remarked_and_the_others_count()
    {
        MatchingItem item = new("m", "?", 2, [new("l1", "x", "w"), new("l2", "y", "w")], "e", []);
        QuestionScore score = QuizScorer.Score(item, "1a zz");
        Assert.Equal(1, score.Points);
        Assert.Contains("“zz” is not a pair", score.Remarks[0], StringComparison.Ordinal);
    }
}
