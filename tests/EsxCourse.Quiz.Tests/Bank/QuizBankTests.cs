using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Tests.Bank;

/// <summary>Every question of the kit's bank, at ten seeds.</summary>
public sealed class QuizBankTests
{
    private static readonly QuizBank Bank = QuizBank.Load(Quizzes.Folder);

    public static TheoryData<string> Topics() => [.. Bank.Quizzes.Where(quiz => quiz.Draws.Count == 0).Select(quiz => quiz.Name)];

    private static IEnumerable<QuizItem> Variants(string topic) =>
        Bank.Find(topic).Items.SelectMany(item => Enumerable.Range(1, 10).Select(seed => item.Vary(seed)));

    [Fact]
    public void The_bank_holds_at_least_120_questions() => Assert.True(Bank.Quizzes.Sum(quiz => quiz.Items.Count) >= 120);

    [Fact]
    public void No_id_is_used_in_two_topics_for_different_questions() =>
        Assert.Empty(Bank.Quizzes.SelectMany(quiz => quiz.Items).GroupBy(item => item.Id).Where(group => group.Count() > 1).Select(group => group.Key));

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_question_answered_from_its_own_key_scores_full(string topic) =>
        Assert.All(Variants(topic), item => Assert.Equal(item.Points, QuizScorer.Score(item, item.Key).Points));

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_distractor_scores_as_its_kind_of_question_says(string topic) =>
        Assert.All(Variants(topic), item => Assert.All(KeysAndDistractors.WrongAnswers(item), wrong =>
            Assert.Equal(wrong.Fraction * item.Points, QuizScorer.Score(item, wrong.Answer).Points, 3)));

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_trap_is_recognised_by_its_name(string topic) =>
        Assert.All(Variants(topic).OfType<NumericItem>(), item => Assert.All(item.Traps, trap =>
            Assert.Contains(trap.Why, QuizScorer.Score(item, item.Format(trap.Value)).Feedback[0].Why, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Topics))]
    public void No_point_hangs_on_the_last_printed_digit(string topic) =>
        Assert.All(Variants(topic).OfType<NumericItem>().Where(item => item.Decimals > 0), item =>
        {
            double unit = Math.Pow(10, -item.Decimals), printed = Math.Round(item.Answer, item.Decimals);
            Assert.Equal(item.Points, QuizScorer.Score(item, item.Format(printed + unit)).Points);
            Assert.Equal(item.Points, QuizScorer.Score(item, item.Format(printed - unit)).Points);
        });

    [Theory]
    [MemberData(nameof(Topics))]
    public void No_two_options_of_any_variant_are_equal(string topic)
    {
        Assert.All(Variants(topic).OfType<ChoiceItem>(), item => Assert.Equal(item.Options.Count, item.Options.Select(option => option.Text.ToLowerInvariant()).Distinct().Count()));
        Assert.All(Variants(topic).OfType<NumericItem>(), item => Assert.Equal(item.Traps.Count + 1, item.Traps.Select(trap => item.Format(trap.Value)).Append(item.Key).Distinct().Count()));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Whatever_is_said_of_an_answer_to_a_choice_cites_a_slide_or_a_section(string topic) =>
        Assert.All(Variants(topic).OfType<ChoiceItem>(), item => Assert.All(Enumerable.Range(0, item.Options.Count), at =>
            Assert.All(QuizScorer.Score(item, ChoiceItem.Letter(at)).Feedback, said => Assert.EndsWith($"({item.Options.First(option => said.Part.EndsWith(option.Text, StringComparison.Ordinal)).Source ?? string.Join("; ", item.Cites)})", said.Why, StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_same_seed_gives_the_same_question(string topic) =>
        Assert.All(Bank.Find(topic).Items, item =>
        {
            (QuizItem one, QuizItem other) = (item.Vary(4), item.Vary(4));
            Assert.Equal((one.Ask, one.Key), (other.Ask, other.Key));
        });

    [Theory]
    [MemberData(nameof(Topics))]
    public void An_empty_answer_earns_nothing(string topic) => Assert.All(Variants(topic), item => Assert.Equal(0, QuizScorer.Score(item, " \n ").Points));

    [Fact]
    public void The_right_letter_of_a_choice_is_not_always_the_same()
    {
        int[] places = [.. Variants("ballooning").OfType<ChoiceItem>().Where(item => !item.Several && item.Options.Count == 4).Select(item => item.Key[0] - 'a')];
        Assert.All(Enumerable.Range(0, 4), place => Assert.InRange(places.Count(at => at == place) / (double)places.Length, 0.15, 0.35));
    }

    [Fact]
    public void A_drawn_quiz_has_as_many_questions_as_it_asks_for() => Assert.Equal(15, Bank.Assemble(Bank.Find("midterm"), 1).Items.Count);

    [Fact]
    public void A_drawn_quiz_keeps_to_the_difficulty() =>
        Assert.All(Bank.Assemble(Bank.Find("midterm"), 1).Items.Where(item => Bank.Find("idle-memory-tax").Items.Any(other => other.Id == item.Id)), item => Assert.Equal(2, item.Difficulty));

    [Fact]
    public void The_same_seed_gives_the_same_paper() =>
        Assert.Equal(Bank.Assemble(Bank.Find("midterm"), 7).Items.Select(item => item.Ask), Bank.Assemble(Bank.Find("midterm"), 7).Items.Select(item => item.Ask));

    [Fact]
    public void Another_seed_gives_another_paper() =>
        Assert.NotEqual(Bank.Assemble(Bank.Find("midterm"), 7).Items.Select(item => item.Ask), Bank.Assemble(Bank.Find("midterm"), 8).Items.Select(item => item.Ask));

    [Fact]
    public void A_paper_asks_nothing_twice()
    {
        IReadOnlyList<QuizItem> items = Bank.Assemble(Bank.Find("midterm"), 3).Items;
        Assert.Equal(items.Count, items.Select(item => item.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("balooning", 1, "the bank has no topic 'balooning'")]
    [InlineData("ballooning", 90, "which has 18 that fit")]
    public void A_draw_that_the_bank_cannot_serve_is_reported(string topic, int count, string problem)
    {
        QuizFile quiz = Quizzes.Faux with { Draws = [new Draw(topic, count, null, "quiz.yaml:7")] };
        BadInputException bad = Assert.Throws<BadInputException>(() => Bank.Assemble(quiz, 1));
        Assert.Equal("quiz.yaml:7", bad.Place);
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
    }
}
