using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Scoring;

namespace EsxCourse.Quiz;

/// <summary>Scores a quiz. The same quiz and answers give the same score, on every machine.</summary>
public static class QuizScorer
{
    /// <summary>Scores what a student handed in.</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="sheet">The answers; at most <see cref="QuizFile.Pick"/> of them.</param>
    /// <returns>Points and reasons, question by question in the order of the quiz. A picked question without an answer earns 0.</returns>
    /// <exception cref="ArgumentException">The sheet answers more questions than may be picked, or one that the quiz does not have.</exception>
    public static QuizScore Score(QuizFile quiz, AnswerSheet sheet)
    {
        if (sheet.Answers.Count > quiz.Pick)
            throw new ArgumentException($"{sheet.Answers.Count} answers, but the quiz says pick {quiz.Pick}.", nameof(sheet));
        if (sheet.Answers.Keys.FirstOrDefault(id => quiz.Items.All(item => item.Id != id)) is { } unknown)
            throw new ArgumentException($"The quiz has no question '{unknown}'.", nameof(sheet));
        return new QuizScore(
            quiz, sheet.Student, [.. quiz.Items.Where(item => sheet.Answers.ContainsKey(item.Id)).Select(item => Score(item, sheet.Answers[item.Id]))], quiz.MaxPoints);
    }

    /// <summary>Scores one answer.</summary>
    /// <param name="item">The question as the student saw it, that is, after <see cref="QuizItem.Vary"/> if it was varied.</param>
    /// <param name="answer">The answer as written.</param>
    /// <exception cref="ArgumentException">The question is computed and its numbers are not drawn yet.</exception>
    public static QuestionScore Score(QuizItem item, string answer) => item switch
    {
        FreeTextItem freeText => FreeTextScorer.Score(freeText, answer),
        _ => ClosedScorer.Score(item, answer),
    };
}
