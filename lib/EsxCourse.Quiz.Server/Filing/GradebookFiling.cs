using System.Security.Cryptography;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Gradebook;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Server.Room;

namespace EsxCourse.Quiz.Server.Filing;

/// <summary>
/// Brings results into the gradebook: an attempt for each attempt, a check for each picked question. Free text awaits a human's review. Doing it
/// again records nothing twice, so a server that died in the middle just does it again.
/// </summary>
internal static class GradebookFiling
{
    // What earns points in a quiz changes with its file, and a changed file begins another room: the points of one name stay the same.
    internal const int Version = 1;

    private const int LongestTitle = 200;

    // So many papers are drawn to see whether all are worth the same.
    private const int SamplePapers = 20;

    /// <summary>Makes the quiz known, so that a gradebook that cannot take it is found out before the class is in the room.</summary>
    public static async Task PrepareAsync(QuizServerOptions options, CancellationToken stop)
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(options.Gradebook!, options.Course, stop);
        double[] worth = [.. Enumerable.Range(0, SamplePapers).Select(seed => options.Bank is { } bank ? bank.Assemble(options.Quiz, seed) : options.Quiz.Vary(seed)).Select(paper => paper.MaxPoints).Distinct()];
        if (worth.Length > 1)
            throw new BadInputException(options.Quiz.Path, $"draws papers that are worth {worth.Min():0.##} to {worth.Max():0.##} points, which one column of a gradebook cannot hold", "give the questions that it draws from a topic the same points, or leave --gradebook out");
        await gradebook.DescribeAsync(new Assignment(options.Quiz.Name, options.Quiz.Title, AssignmentKind.Quiz, Version, (decimal)worth[0]), stop);
    }

    /// <summary>Records the results of a class.</summary>
    public static async Task FileAsync(QuizServerOptions options, RoomState state, IReadOnlyList<ScoredAttempt> results, CancellationToken stop)
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(options.Gradebook!, options.Course, stop);
        // Whom the gradebook knows keeps the name that the course has for him; what was typed at the door is for the others.
        HashSet<string> known = [.. (await gradebook.ReadAsync(stop)).Students.Select(student => student.Key)];
        await gradebook.EnrollAsync(results.Select(result => result.Student).DistinctBy(student => student.Number).Where(student => !known.Contains(student.Login))
            .Select(student => new Student(student.Login, student.Name)), stop);
        foreach (ScoredAttempt result in results)
        {
            Attempt attempt = new(result.Student.Login, options.Quiz.Name, Hash(state, result), result.HandedIn) { Source = $"esx quiz serve, attempt {result.Attempt.Number}, seed {result.Attempt.Seed}" };
            await gradebook.RecordAsync(attempt, new Result(Version, result.Score.NeedsConfirmation ? Verdict.AwaitsReview : Verdict.Graded, [.. result.Score.Questions.Select(Check)]), stop);
        }
    }

    internal static CheckResult Check(QuestionScore question) => new(question.Item.Id, Short(question.Item.Ask), (decimal)question.Points, (decimal)question.Max)
    {
        Verdict = question.NeedsConfirmation ? Verdict.AwaitsReview : Verdict.Graded,
        Reason = question.Answer.Trim().Length == 0 ? "No answer." : Why(question),
        Response = question.Item is FreeTextItem ? null : string.Join("; ", question.Feedback.Select(part => part.Part).Where(part => !part.StartsWith("not chosen: ", StringComparison.Ordinal))),
    };

    private static string Why(QuestionScore question) => string.Join(' ', question.Item is FreeTextItem
        ? [.. question.Found.Select(found => $"✓ {found.Concept.Says}"), .. question.Missed.Select(concept => $"– {concept.Says}"), .. question.Mistakes.Select(mistake => $"✗ {mistake.Concept.Says}"), .. question.Remarks]
        : question.Feedback.Select(part => $"{(part.Right ? '✓' : '✗')} {part.Part}: {part.Why}").Concat(question.Remarks));

    // Two attempts count separately though they may hold the same words.
    private static string Hash(RoomState state, ScoredAttempt result) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.Secret}/{result.Attempt.Number}/{result.Student.Login}")));

    private static string Short(string text) => text.Length <= LongestTitle ? text : text[..LongestTitle] + "…";
}
