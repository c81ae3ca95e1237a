using EsxCourse.Contracts;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Cli.Commands;

/// <summary>What the quiz verbs print and write.</summary>
internal static class QuizOutput
{
    public static void Put(string text, string? path)
    {
        if (path is null)
        {
            Console.Out.Write(text);
            return;
        }

        Put(System.Text.Encoding.UTF8.GetBytes(text), path);
    }

    public static void Put(byte[] bytes, string path)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "cannot be written", "name a file in a folder that exists", cause);
        }
    }

    public static void Show(QuizScore score, bool json)
    {
        if (!json)
        {
            Console.WriteLine();
            ScoreText.Write(score, Console.Out);
            return;
        }

        JsonOutput.Print(new
        {
            quiz = score.Quiz.Name,
            score.Student,
            score.Points,
            score.Max,
            score.NeedsConfirmation,
            questions = score.Questions.Select(question => new
            {
                question.Item.Id,
                question.Points,
                question.Max,
                question.Confidence,
                question.NeedsConfirmation,
                found = question.Found.Select(Evidence),
                missed = question.Missed.Select(concept => new { concept.Name, concept.Says, concept.Weight }),
                mistakes = question.Mistakes.Select(Evidence),
                question.Remarks,
                question.Feedback,
                key = question.Item is FreeTextItem ? null : question.Item.Key,
                question.Item.Explanation,
                cites = question.Item.Cites.Select(cite => cite.Text),
            }),
        });

        static object Evidence(FoundConcept found) => new { found.Concept.Name, found.Concept.Says, found.Concept.Weight, found.Evidence, found.Start, found.Length };
    }
}
