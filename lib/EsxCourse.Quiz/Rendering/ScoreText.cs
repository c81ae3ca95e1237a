using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Rendering;

/// <summary>A scored quiz as plain text, for a terminal or a log.</summary>
public static class ScoreText
{
    /// <summary>Writes points, what was found and missed with the evidence, the explanation and its sources.</summary>
    /// <param name="score">The scored quiz.</param>
    /// <param name="output">Where to.</param>
    public static void Write(QuizScore score, TextWriter output)
    {
        foreach (QuestionScore question in score.Questions)
        {
            Write(question, output);
            output.WriteLine();
        }

        output.WriteLine($"{score.Quiz.Title}: {score.Points:0.##} of {score.Max:0.##} points{(score.NeedsConfirmation ? ", to be confirmed by a human" : "")}.");
    }

    /// <summary>Writes one question's points and reasons.</summary>
    /// <param name="question">The scored question.</param>
    /// <param name="output">Where to.</param>
    public static void Write(QuestionScore question, TextWriter output)
    {
        output.WriteLine(question.Item.Ask);
        output.WriteLine($"  {question.Points:0.##} of {question.Max:0.##} points{(question.NeedsConfirmation ? $" (free text: to be confirmed by a human; {Confidence(question)})" : "")}");
        foreach (FoundConcept found in question.Found)
            output.WriteLine($"  + {found.Concept.Says} “{Short(found.Evidence)}”");
        foreach (Concept missed in question.Missed)
            output.WriteLine($"  - missing: {missed.Says}");
        foreach (FoundConcept mistake in question.Mistakes)
            output.WriteLine($"  ! {mistake.Concept.Says} “{Short(mistake.Evidence)}”");
        foreach (Feedback feedback in question.Feedback)
            output.WriteLine($"  {(feedback.Right ? '+' : '!')} {feedback.Part.TrimEnd('.')}: {feedback.Why}");
        foreach (string remark in question.Remarks)
            output.WriteLine($"  ! {remark}");
        if (question.Points < question.Max && question.Item is not FreeTextItem)
            output.WriteLine($"  Right: {question.Item.Key}");
        output.WriteLine($"  Why: {question.Item.Explanation} ({string.Join("; ", question.Item.Cites)})");
    }

    /// <summary>How sure the scorer is, in words.</summary>
    /// <param name="question">A scored question.</param>
    internal static string Confidence(QuestionScore question) => question.Confidence switch
    {
        >= 0.75 => "the scorer is sure",
        >= 0.5 => "the scorer is fairly sure",
        _ => "the scorer is not sure: look here first",
    };

    private static string Short(string evidence)
    {
        string line = string.Join(' ', evidence.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : line[..87] + "…";
    }
}
