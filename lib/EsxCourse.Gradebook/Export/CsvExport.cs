using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook.Export;

/// <summary>
/// Everything as two tables for a spreadsheet or a script: <c>grades.csv</c>, a line for each student and assignment, and
/// <c>checks.csv</c>, a line for each check of the attempt that counts.
/// </summary>
public static class CsvExport
{
    /// <summary>Builds both tables.</summary>
    /// <param name="content">What is recorded.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<ExportFile> Of(GradebookContent content)
    {
        IReadOnlyList<StudentScore> scores = StudentScore.OfAll(content);
        return [new ExportFile("grades.csv", Grades(scores)), new ExportFile("checks.csv", Checks(scores))];
    }

    private static string Grades(IReadOnlyList<StudentScore> scores)
    {
        Csv csv = Header("student", "name", "section", "assignment", "kind", "version", "attempts", "submission", "handed_in", "days_late", "free_days", "earned", "penalty", "score", "max", "verdict", "final", "comments");
        foreach ((Student student, AssignmentScore score) in scores.SelectMany(student => student.Assignments.Select(score => (student.Student, score))))
        {
            AttemptScore? counting = score.Counting;
            Result? result = counting?.Recorded.Standing.Result;
            csv.Text(student.Key).Text(student.Name).Text(student.Section)
                .Text(score.Assignment.Slug).Word(score.Assignment.Kind.ToString()).Number(result?.Version ?? score.Assignment.Version)
                .Number(score.Attempts.Count).Text(counting?.Recorded.Attempt.SubmissionHash).Moment(counting?.Recorded.Attempt.HandedIn)
                .Number(counting?.DaysLate).Number(counting?.FreeDays).Number(counting?.Earned).Number(counting?.Penalty)
                .Number(score.Score).Number(score.Max).Word(result?.Verdict.ToString() ?? "").Word(score.Score is null ? "" : score.IsProvisional ? "no" : "yes")
                .Text(string.Join(" | ", score.Adjustments.Select(Explanation.Line))).EndRow();
        }

        return csv.ToString();
    }

    private static string Checks(IReadOnlyList<StudentScore> scores)
    {
        Csv csv = Header("student", "assignment", "version", "check", "title", "points", "max", "verdict", "response", "reason");
        foreach ((Student student, AssignmentScore score) in scores.SelectMany(student => student.Assignments.Select(score => (student.Student, score))))
            foreach (CheckResult check in score.Counting?.Checks ?? [])
            {
                csv.Text(student.Key).Text(score.Assignment.Slug).Number(score.Counting!.Recorded.Standing.Result.Version).Text(check.Id).Text(check.Title)
                    .Number(check.Points).Number(check.Max).Word(check.Verdict.ToString()).Text(check.Response).Text(check.Reason).EndRow();
            }

        return csv.ToString();
    }

    private static Csv Header(params string[] names)
    {
        Csv csv = new();
        foreach (string name in names)
            csv.Word(name);
        csv.EndRow();
        return csv;
    }
}
