using EsxCourse.Contracts;

namespace EsxCourse.Quiz.Tests;

public sealed class AnswerSheetTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    private AnswerSheet Load(string text)
    {
        File.WriteAllText(file, text);
        return AnswerSheet.Load(file, Quizzes.Faux);
    }

    [Fact]
    public void The_answer_key_of_the_faux_quiz_scores_full()
    {
        QuizScore score = QuizScorer.Score(Quizzes.Faux, AnswerSheet.Load(Path.Combine(Quizzes.Folder, "faux-quiz.answers.yaml"), Quizzes.Faux));
        Assert.Equal(10, score.Points);
        Assert.Equal(10, score.Max);
    }

    [Fact]
    public void An_empty_answer_earns_nothing()
    {
        QuizScore score = QuizScorer.Score(Quizzes.Faux, Load("quiz: faux-quiz\nanswers:\n  balloon:\n"));
        Assert.Equal(0, score.Points);
        Assert.Equal(10, score.Max);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        AnswerSheet sheet = new("faux-quiz", "Ada \"A.\" L.", new Dictionary<string, string> { ["balloon"] = "Line 1: “x”\n\t# line 2 'y' \\", ["interposition"] = "" }) { Seed = 7 };
        AnswerSheet back = Load(sheet.ToYaml());
        Assert.Equal(sheet.Answers, back.Answers);
        Assert.Equal((sheet.Student, sheet.Seed), (back.Student, back.Seed));
        Assert.Equal(7, AnswerSheet.SeedOf(file));
    }

    [Theory]
    [InlineData("quiz: faux-quiz\nseed: x\nanswers:\n  balloon: y\n", 2, "'seed' is 'x'", "'seed: 7'")]
    [InlineData("quiz: faux-quiz\nanswers:\n  ballon: x\n", 3, "unknown key 'ballon'", "did you mean 'balloon'?")]
    [InlineData("quiz: faux-quiz\nanswers:\n  balloon: x\n  double-paging: y\n  interposition: z\n", 3, "3 questions are answered", "keep 2")]
    [InlineData("quiz: other\nanswers:\n  balloon: x\n", 1, "answers to 'other'", "'quiz: faux-quiz'")]
    [InlineData("quiz: faux-quiz\n", 1, "'answers' is missing", "add 'answers:'")]
    [InlineData("quiz: faux-quiz\nanswers:\n  balloon: [a]\n", 3, "must be text, not a list", "'balloon: |'")]
    [InlineData("- a\n", 1, "does not begin with keys", "begin it")]
    public void A_wrong_answer_file_is_reported_with_line_and_remedy(string text, int line, string problem, string remedy)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => Load(text));
        Assert.Equal($"{file}:{line}", bad.Place);
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, bad.Remedy, StringComparison.Ordinal);
    }
}
