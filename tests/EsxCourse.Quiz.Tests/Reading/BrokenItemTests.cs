using EsxCourse.Contracts;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz.Tests.Reading;

/// <summary>What makes a question unanswerable or unfair is refused, with its line and a remedy.</summary>
public sealed class BrokenItemTests
{
    [Theory]
    [InlineData("type: single\n  options:\n  - {right: a, why: w}", 6, "1 options", "from 2 to 10")]
    [InlineData("type: single\n  options:\n  - {right: a, why: w}\n  - {right: b, why: w}", 6, "2 options are right", "type: multiple")]
    [InlineData("type: multiple\n  options:\n  - {wrong: a, why: w}\n  - {wrong: b, why: w}", 6, "0 options are right", "at least one")]
    [InlineData("type: single\n  options:\n  - {right: a, why: w}\n  - {wrong: A, why: w}", 7, "two options say 'A'", "make them different")]
    [InlineData("type: single\n  options:\n  - {right: a, why: w}\n  - {wrong: b}", 7, "'why' is missing", "misunderstanding")]
    [InlineData("type: single\n  options:\n  - {right: a, wrong: b, why: w}\n  - {wrong: b, why: w}", 6, "either right or wrong", "'- right: …' or '- wrong: …'")]
    [InlineData("type: single\n  options:\n  - {rihgt: a, why: w}\n  - {wrong: b, why: w}", 6, "unknown key 'rihgt'", "did you mean 'right'?")]
    [InlineData("type: single\n  credit: all\n  options:\n  - {right: a, why: w}\n  - {wrong: b, why: w}", 5, "unknown key 'credit'", "use one of: id, type")]
    [InlineData("type: multiple\n  credit: some\n  options:\n  - {right: a, why: w}\n  - {wrong: b, why: w}", 5, "unknown credit rule 'some'", "use one of: all, each, each-negative")]
    [InlineData("type: numeric\n  explanation: e\n  answer: many", 6, "'answer' is 'many', not a number", "'answer: 16'")]
    [InlineData("type: numeric\n  explanation: e\n  answer: 2.63\n  decimals: 2\n  tolerance: 0.001", 8, "hangs on the last of 2 decimals", "'tolerance: 0.015' or more")]
    [InlineData("type: numeric\n  explanation: e\n  answer: 10\n  tolerance: 1\n  traps:\n  - {value: 11, mistake: m, why: w}", 9, "the trap 11 lies within twice the tolerance", "narrow the tolerance")]
    [InlineData("type: matching\n  pairs:\n  - {left: a, right: x, why: w}\n  - {left: b, right: x, why: w}", 7, "a side stands in two pairs", "different")]
    [InlineData("type: ordering\n  explanation: e\n  steps: [a, b]", 6, "2 steps", "from 3 to 10")]
    [InlineData("type: ordering\n  explanation: e\n  steps: [a, b, a]", 6, "two steps say 'a'", "make them different")]
    [InlineData("type: fill-in\n  blanks:\n  - {accept: a, why: w}", 6, "has 0 gaps and the item 1 blanks", "write each gap as ___")]
    [InlineData("type: single\n  difficulty: 4\n  options:\n  - {right: a, why: w}\n  - {wrong: b, why: w}", 5, "'difficulty' is '4'", "'difficulty: 1'")]
    public void A_broken_question_is_reported_with_line_and_remedy(string body, int line, string problem, string remedy)
    {
        string text = $"title: t\nitems:\n- id: q\n  {body}\n  ask: What?\n  cites: [\"§5.2\"]\n";
        BadInputException bad = Assert.Throws<BadInputException>(() => QuizReader.Read("quiz.yaml", YamlMap.Parse("quiz.yaml", text)));
        Assert.Equal($"quiz.yaml:{line}", bad.Place);
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, bad.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shares-per-pag", "did you mean 'shares-per-page'?")]
    public void An_unknown_template_is_reported(string template, string remedy)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => QuizReader.Read("q.yaml", YamlMap.Parse("q.yaml", $"title: t\nitems:\n- {{id: q, type: computed, template: {template}}}\n")));
        Assert.Equal("q.yaml:3", bad.Place);
        Assert.Contains(remedy, bad.Remedy, StringComparison.Ordinal);
    }

    private static BadInputException Broken(string text) =>
        Assert.Throws<BadInputException>(() => QuizReader.Read("q.yaml", YamlMap.Parse("q.yaml", text)));

    [Theory]
    [InlineData("type: single, ask: A?, options: [{right: a, why: w, cites: [\"§3.2\"]},\n  {wrong: b, why: w}]", 4)]
    [InlineData("type: matching, ask: A?, pairs: [{left: a, right: b, why: w, cites: [\"§3.2\"]},\n  {left: c, right: d, why: w}]", 4)]
    [InlineData("type: fill-in, ask: A ___ b ___?, blanks: [{accept: a, why: w, cites: [\"§3.2\"]},\n  {accept: b, why: w}]", 4)]
    public void An_explanation_without_a_source_is_reported_at_its_own_line(string body, int line)
    {
        BadInputException bad = Broken($"title: t\nitems:\n- {{id: q, {body}}}\n");
        Assert.Equal($"q.yaml:{line}", bad.Place);
        Assert.Contains("cites no slide or section", bad.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_does_not_exist_is_reported_at_the_option() =>
        Assert.Equal("q.yaml:5", Broken("title: t\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3\"], options: [\n  {right: a, why: w},\n  {wrong: b, why: w, cites: [\"§33\"]}]}\n").Place);

    [Fact]
    public void An_option_cites_its_own_source_or_the_questions()
    {
        QuizFile quiz = QuizReader.Read("q.yaml", YamlMap.Parse("q.yaml", "title: t\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3\"], options: [{right: a, why: w, cites: [\"§3.2\"]}, {wrong: b, why: v}]}\n"));
        Assert.Equal("w (OSDI '02 §3.2)", QuizScorer.Score(quiz.Items[0], "a").Feedback[0].Why);
        Assert.Equal("v (OSDI '02 §3)", QuizScorer.Score(quiz.Items[0], "b").Feedback[0].Why);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("attempts: 3\n", 3)]
    [InlineData("practice: true\n", null)]
    public void An_exam_may_be_taken_once_unless_it_says_more_and_practice_always(string line, int? attempts) =>
        Assert.Equal(attempts, QuizReader.Read("q.yaml", YamlMap.Parse("q.yaml", $"title: t\n{line}items:\n- {{id: q, type: single, ask: A?, cites: [\"§3\"], options: [{{right: a, why: w}}, {{wrong: b, why: v}}]}}\n")).Attempts);

    [Fact]
    public void Attempts_of_a_practice_quiz_mean_nothing_and_are_reported() =>
        Assert.Equal("q.yaml:3", Broken("title: t\npractice: true\nattempts: 2\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3\"], options: [{right: a, why: w}, {wrong: b, why: v}]}\n").Place);
}
