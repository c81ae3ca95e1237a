using System.Text.Json;
using System.Text.Json.Serialization;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Gradebook.Statistics;

namespace EsxCourse.Gradebook.Report;

/// <summary>A gradebook as one JSON document; the same content gives the same bytes.</summary>
public static class GradebookJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes scores, with all attempts and their history.</summary>
    /// <param name="content">What is recorded.</param>
    /// <param name="students">The scores to write, from the same content.</param>
    /// <returns>The document.</returns>
    public static string Of(GradebookContent content, IEnumerable<StudentScore> students) => JsonSerializer.Serialize(
        new
        {
            content.Course,
            Assignments = content.Assignments.Select(assignment => new { assignment.Slug, assignment.Title, assignment.Kind, assignment.Version, assignment.Max, content.Policy.For(assignment.Slug).Due }),
            Students = students.Select(student => new
            {
                student.Student.Key,
                student.Student.Name,
                student.Student.Section,
                student.Total,
                student.Max,
                student.FreeDaysLeft,
                Assignments = student.Assignments.Select(score => new
                {
                    score.Assignment.Slug,
                    score.Score,
                    score.Max,
                    Final = score.Score is not null && !score.IsProvisional,
                    Outdated = score.IsOutdated,
                    Submission = score.Counting?.Recorded.Attempt.SubmissionHash,
                    score.Counting?.Recorded.Standing.Result.Verdict,
                    score.Counting?.Earned,
                    score.Counting?.DaysLate,
                    score.Counting?.FreeDays,
                    score.Counting?.Penalty,
                    Explanation = Explanation.Of(score),
                    Checks = score.Counting?.Checks ?? [],
                    Adjustments = score.Adjustments.Select(adjustment => new { adjustment.Kind, adjustment.Points, adjustment.Comment, adjustment.By, adjustment.At }),
                    Attempts = content.Attempts.Where(attempt => attempt.Attempt.Student == student.Student.Key && attempt.Attempt.Assignment == score.Assignment.Slug).Select(attempt => new
                    {
                        attempt.Attempt.SubmissionHash,
                        attempt.Attempt.HandedIn,
                        attempt.Attempt.Kind,
                        attempt.Attempt.Source,
                        attempt.Standing.Result.Version,
                        attempt.Standing.Result.Verdict,
                        attempt.Standing.Result.Points,
                        attempt.Standing.Result.Reason,
                        Changes = attempt.Changes.Select(change => change.ToString()),
                    }),
                }),
            }),
        }, Options);

    /// <summary>Writes the figures of a class.</summary>
    /// <param name="course">The course's name.</param>
    /// <param name="statistics">The figures.</param>
    /// <returns>The document.</returns>
    public static string Of(string course, IEnumerable<AssignmentStatistics> statistics) => JsonSerializer.Serialize(
        new
        {
            Course = course,
            Assignments = statistics.Select(assignment => new
            {
                assignment.Assignment.Slug,
                assignment.Assignment.Version,
                assignment.Assignment.Max,
                assignment.NotHandedIn,
                Verdicts = assignment.Verdicts.Select(verdict => new { verdict.Verdict, verdict.Count }),
                assignment.Scores,
                assignment.Histogram,
                Checks = assignment.Checks.Select(check => new
                {
                    check.Id,
                    check.Title,
                    check.Max,
                    check.Points,
                    check.Full,
                    check.None,
                    check.Difficulty,
                    check.Discrimination,
                    Responses = check.Responses.Select(response => new { response.Response, response.Count }),
                }),
            }),
        }, Options);
}
