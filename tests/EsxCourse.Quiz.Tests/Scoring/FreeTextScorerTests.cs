namespace EsxCourse.Quiz.Tests.Scoring;

public sealed class FreeTextScorerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("graded-before-the-scorer.yaml")]
    public void The_scorer_is_within_one_point_of_a_fair_assistant(string file)
    {
        int near = 0;
        IReadOnlyList<GradedAnswer> answers = GradedAnswer.Load(file);
        foreach (GradedAnswer graded in answers)
        {
            QuestionScore score = QuizScorer.Score(Quizzes.Faux.Items.Single(item => item.Id == graded.Item), graded.Answer);
            bool within = Math.Abs(score.Points - graded.Points) <= 1;
            near += within ? 1 : 0;
            output.WriteLine($"{(within ? "  " : "**")} {graded.Item,-14} {graded.Kind,-16} assistant {graded.Points}, scorer {score.Points} ({score.Confidence}) "
                + $"+[{string.Join(", ", score.Found.Select(found => $"{found.Concept.Name}: {found.Evidence.Trim()}"))}] -[{string.Join(", ", score.Mistakes.Select(found => $"{found.Concept.Name}: {found.Evidence.Trim()}"))}] {string.Join(' ', score.Remarks)}");
        }

        output.WriteLine($"{near} of {answers.Count}");
        Assert.True(near >= 0.9 * answers.Count, $"{near} of {answers.Count}");
    }
}
