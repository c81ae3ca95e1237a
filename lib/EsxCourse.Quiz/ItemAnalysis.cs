using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz;

/// <summary>How one question fared in a class.</summary>
/// <param name="Id">The question.</param>
/// <param name="Answered">How many students picked it.</param>
/// <param name="MeanFraction">What part of its points they earned on average, from 0 (nobody) to 1 (everybody): the difficulty index.</param>
/// <param name="Discrimination">
/// The correlation between a student's fraction here and on all other questions, from -1 to 1. Near 0 the question says nothing about what a student knows;
/// below 0 it is probably wrong itself. Null when it cannot be told: fewer than three students, or all alike.
/// </param>
/// <param name="Chosen">For choices, numbers and gaps: each thing answered and how often, most often first.</param>
public sealed record ItemStatistics(string Id, int Answered, double MeanFraction, double? Discrimination, IReadOnlyList<KeyValuePair<string, int>> Chosen);

/// <summary>Item analysis after a class: which questions were hard, which told good students from weak ones, which distractors drew.</summary>
public static class ItemAnalysis
{
    private const int FewestForACorrelation = 3;

    /// <summary>Works out the statistics of every question that was answered.</summary>
    /// <param name="scores">The scored papers of a class; seeds may differ, options are counted by what they say.</param>
    /// <returns>One entry a question, in the order of first appearance.</returns>
    public static IReadOnlyList<ItemStatistics> Of(IReadOnlyList<QuizScore> scores)
    {
        var answers = scores.SelectMany(score => score.Questions.Select(question => (Score: score, Question: question)));
        return [.. answers.GroupBy(answer => answer.Question.Item.Id).Select(group => new ItemStatistics(
            group.Key, group.Count(), group.Average(answer => Fraction(answer.Question)),
            Correlation([.. group.Select(answer => (Fraction(answer.Question), Rest(answer.Score, answer.Question))).Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!.Value))]),
            [.. group.Where(answer => answer.Question.Item is ChoiceItem or NumericItem or FillInItem).SelectMany(answer => answer.Question.Feedback.Select(part => part.Part)).Where(part => !part.StartsWith("not chosen: ", StringComparison.Ordinal))
                .CountBy(part => part).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)]))];
    }

    private static double Fraction(QuestionScore question) => question.Points / question.Max;

    // What the student earned elsewhere; the question itself left out, or it would correlate with itself.
    private static double? Rest(QuizScore score, QuestionScore without)
    {
        double max = score.Questions.Sum(question => question.Max) - without.Max;
        return max > 0 ? (score.Points - without.Points) / max : null;
    }

    private static double? Correlation(IReadOnlyList<(double One, double Other)> pairs)
    {
        if (pairs.Count < FewestForACorrelation)
            return null;
        (double one, double other) = (pairs.Average(pair => pair.One), pairs.Average(pair => pair.Other));
        double together = pairs.Sum(pair => (pair.One - one) * (pair.Other - other));
        double spread = Math.Sqrt(pairs.Sum(pair => (pair.One - one) * (pair.One - one)) * pairs.Sum(pair => (pair.Other - other) * (pair.Other - other)));
        return spread < 1e-12 ? null : together / spread;
    }
}
