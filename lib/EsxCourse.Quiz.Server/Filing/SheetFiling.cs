using System.Security.Cryptography;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Gradebook;

namespace EsxCourse.Quiz.Server.Filing;

/// <summary>
/// Brings scored answer files into the gradebook, as <see cref="GradebookFiling"/> does with a room: an attempt for each file, a check for each
/// question, free text awaiting a review. The same file again is the same attempt; more attempts than the quiz allows are refused.
/// </summary>
internal static class SheetFiling
{
    /// <summary>Records one student's paper.</summary>
    /// <param name="gradebook">The gradebook.</param>
    /// <param name="score">The scored paper; names its student.</param>
    /// <param name="sheet">What was handed in.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stop">Stops before the commit.</param>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="BadInputException">No student is named, or the quiz may not be taken so often.</exception>
    public static async Task<bool> FileAsync(CourseGradebook gradebook, QuizScore score, AnswerSheet sheet, string path, CancellationToken stop)
    {
        string student = sheet.Student ?? throw new BadInputException(path, "names no student", "add 'student: NAME', the name by which the gradebook knows whom");
        QuizFile quiz = score.Quiz;
        await gradebook.DescribeAsync(new Assignment(quiz.Name, quiz.Title, AssignmentKind.Quiz, GradebookFiling.Version, (decimal)quiz.MaxPoints), stop);
        GradebookContent content = await gradebook.ReadAsync(stop);
        if (content.Students.All(known => known.Key != student))
            await gradebook.EnrollAsync([new Student(student, student)], stop);
        string hash = Hash(sheet);
        string[] before = [.. content.Attempts.Where(recorded => recorded.Attempt.Student == student && recorded.Attempt.Assignment == quiz.Name).Select(recorded => recorded.Attempt.SubmissionHash)];
        if (quiz.Attempts is { } allowed && before.Length >= allowed && !before.Contains(hash))
            throw new BadInputException(path, $"is attempt {before.Length + 1} of {student}, and '{quiz.Name}' may be taken {(allowed == 1 ? "once" : $"{allowed} times")}", "leave it out, or write 'attempts: N' into the quiz");
        Attempt attempt = new(student, quiz.Name, hash, File.GetLastWriteTimeUtc(path), quiz.Practice ? AttemptKind.Practice : AttemptKind.Graded) { Source = $"esx quiz score, {Path.GetFileName(path)}" };
        return await gradebook.RecordAsync(attempt, new Result(GradebookFiling.Version, score.NeedsConfirmation ? Verdict.AwaitsReview : Verdict.Graded, [.. score.Questions.Select(GradebookFiling.Check)]), stop);
    }

    /// <summary>What identifies a paper: its answers, student and seed, whatever the file is called.</summary>
    public static string Hash(AnswerSheet sheet) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sheet.ToYaml())));
}
