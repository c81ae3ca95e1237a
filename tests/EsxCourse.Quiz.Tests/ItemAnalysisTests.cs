using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Tests;

public sealed class ItemAnalysisTests
{
    // Four questions with the right option "yes". Ada knows all, Ben two, Cem one, Dee none; "odd" is right for the weak only.
    private static readonly QuizFile Quiz = Quizzes.Faux with
    {
        Pick = 4,
        Items = [.. new[] { "easy", "middle", "hard", "odd" }.Select(id => new ChoiceItem(id, id, 1, false, [new("yes", true, "w"), new("no", false, "w"), new("perhaps", false, "w")], "e", []))],
    };

    private static readonly IReadOnlyList<ItemStatistics> Class = ItemAnalysis.Of(
        [.. new[] { "aaab", "aabb", "abca", "bbca" }.Select((letters, student) => QuizScorer.Score(Quiz.Vary(student), Answers(Quiz.Vary(student), letters)))]);

    private static AnswerSheet Answers(QuizFile varied, string letters) =>
        new("q", null, varied.Items.Select((item, at) => (item.Id, Wanted: letters[at] switch { 'a' => "yes", 'b' => "no", _ => "perhaps" }, Choice: (ChoiceItem)item))
            .ToDictionary(one => one.Id, one => ChoiceItem.Letter(one.Choice.Options.ToList().FindIndex(option => option.Text == one.Wanted))));

    private static ItemStatistics Of(string id) => Class.Single(item => item.Id == id);

    [Fact]
    public void Difficulty_is_the_part_of_the_points_that_the_class_earned() => Assert.Equal([0.75, 0.5, 0.25, 0.5], Class.Select(item => item.MeanFraction));

    // By hand: fractions 1 0 0 0, elsewhere 2/3 2/3 2/3 1/3; covariance 1/12 over a spread of 1/4.
    [Fact]
    public void Discrimination_is_the_correlation_with_all_other_questions() => Assert.Equal(1 / 3.0, Of("hard").Discrimination!.Value, 6);

    [Fact]
    public void A_question_that_only_weak_students_get_right_stands_out() => Assert.True(Of("odd").Discrimination < -0.5);

    [Fact]
    public void Distractors_are_counted_by_what_they_say_whatever_their_letter() =>
        Assert.Equal([new("perhaps", 2), new("no", 1), new("yes", 1)], Of("hard").Chosen);

    [Fact]
    public void Two_students_are_too_few_for_a_correlation() =>
        Assert.Null(ItemAnalysis.Of([QuizScorer.Score(Quiz, Answers(Quiz, "aaaa")), QuizScorer.Score(Quiz, Answers(Quiz, "bbbb"))])[0].Discrimination);
}
