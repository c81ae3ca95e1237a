using EsxCourse.Gradebook.Export;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Gradebook.Statistics;

namespace EsxCourse.Gradebook.Report;

/// <summary>A gradebook as text for a terminal: a class as a table, a student with every reason, an assignment's figures.</summary>
public static class GradebookText
{
    /// <summary>Writes a line for each student and a column for each assignment.</summary>
    /// <param name="content">What is recorded.</param>
    /// <param name="output">Where to.</param>
    public static void WriteClass(GradebookContent content, TextWriter output)
    {
        if (content.Students.Count == 0)
        {
            output.WriteLine($"Nobody has handed in anything in course '{PlainText.OneLine(content.Course)}' yet.");
            return;
        }

        IReadOnlyList<StudentScore> scores = StudentScore.OfAll(content);
        List<string[]> rows = [["student", "name", .. content.Assignments.Select(assignment => PlainText.OneLine(assignment.Slug)), "total"]];
        rows.Add(["", "points to be had", .. content.Assignments.Select(assignment => Csv.Points(assignment.Max)), Csv.Points(scores[0].Max)]);
        rows.AddRange(scores.Select(student => (string[])
            [PlainText.OneLine(student.Student.Key), PlainText.OneLine(student.Student.Name), .. student.Assignments.Select(Cell), Csv.Points(student.Total)]));
        WriteTable(rows, numbersFrom: 2, output);
        if (scores.Any(student => student.Assignments.Any(score => score.IsProvisional)))
            output.WriteLine("* not final: awaits a person, or the grader failed");
        if (scores.Any(student => student.Assignments.Any(score => score.IsOutdated)))
            output.WriteLine("! graded at an older version of the assignment: grade again");
    }

    /// <summary>Writes all that is recorded on one student.</summary>
    /// <param name="content">What is recorded.</param>
    /// <param name="student">The student's score, from the same content.</param>
    /// <param name="output">Where to.</param>
    public static void WriteStudent(GradebookContent content, StudentScore student, TextWriter output)
    {
        output.WriteLine($"{PlainText.OneLine(student.Student.Key)}: {PlainText.OneLine(student.Student.Name)}, {Csv.Points(student.Total)} of {Csv.Points(student.Max)} points");
        if (content.Policy.FreeDays > 0)
            output.WriteLine($"{student.FreeDaysLeft} of {content.Policy.FreeDays} free late days left");
        foreach (AssignmentScore score in student.Assignments)
        {
            output.WriteLine();
            output.WriteLine($"{PlainText.OneLine(score.Assignment.Slug)}: {PlainText.OneLine(score.Assignment.Title)}{(score.IsOutdated ? " (graded at an older version: grade again)" : "")}");
            foreach (string line in Explanation.Of(score))
                output.WriteLine($"  {PlainText.OneLine(line)}");
            foreach (CheckResult check in score.Counting?.Checks ?? [])
            {
                output.WriteLine($"    {Csv.Points(check.Points)}/{Csv.Points(check.Max)}  {PlainText.OneLine(check.Id)}: {PlainText.OneLine(check.Title)}{(check.Verdict == Verdict.Graded ? "" : $" [{check.Verdict}]")}");
                foreach (string line in PlainText.Lines(check.Reason))
                    output.WriteLine($"         {line}");
            }

            foreach (string line in PlainText.Lines(score.Counting?.Recorded.Standing.Result.Reason ?? ""))
                output.WriteLine($"    {line}");
            foreach (RecordedAttempt attempt in content.Attempts.Where(attempt => attempt.Attempt.Student == student.Student.Key && attempt.Attempt.Assignment == score.Assignment.Slug))
            {
                bool counts = attempt.Attempt.SubmissionHash == score.Counting?.Recorded.Attempt.SubmissionHash;
                Result standing = attempt.Standing.Result;
                output.WriteLine($"  attempt {PlainText.OneLine(attempt.Attempt.SubmissionHash)}, {attempt.Attempt.HandedIn:yyyy-MM-dd HH:mm:ss} UTC: "
                    + $"{Csv.Points(standing.Points)} points, {standing.Verdict}{(attempt.Attempt.Kind == AttemptKind.Practice ? ", practice" : counts ? ", counts" : "")}");
                foreach (ResultDiff change in attempt.Changes)
                    output.WriteLine($"    graded again: {PlainText.OneLine(change.ToString())}");
            }
        }
    }

    /// <summary>Writes the figures of one assignment.</summary>
    /// <param name="statistics">The figures.</param>
    /// <param name="output">Where to.</param>
    public static void WriteStatistics(AssignmentStatistics statistics, TextWriter output)
    {
        output.WriteLine($"{PlainText.OneLine(statistics.Assignment.Slug)}: {PlainText.OneLine(statistics.Assignment.Title)}, version {statistics.Assignment.Version}, {Csv.Points(statistics.Assignment.Max)} points");
        if (statistics.Scores is { } scores)
        {
            output.WriteLine($"  {scores.Count} scores: mean {Csv.Points(scores.Mean)}, deviation {Csv.Points(scores.Deviation)}; least {Csv.Points(scores.Minimum)}, "
                + $"quartiles {Csv.Points(scores.LowerQuartile)}, {Csv.Points(scores.Median)}, {Csv.Points(scores.UpperQuartile)}, most {Csv.Points(scores.Maximum)}");
            int highest = statistics.Histogram.Max();
            foreach ((int tenth, int count) in statistics.Histogram.Index())
                output.WriteLine($"  {tenth * 10,3} %{(tenth == 9 ? "+" : " ")} {count,4} {new string('#', (int)Math.Ceiling(count * 40.0 / highest))}".TrimEnd());
        }

        if (statistics.NotHandedIn > 0)
            output.WriteLine($"  {statistics.NotHandedIn} handed nothing in");
        foreach ((Verdict verdict, int count) in statistics.Verdicts.Where(verdict => verdict.Verdict != Verdict.Graded))
            output.WriteLine($"  {count} {verdict}");
        if (statistics.Checks.Count == 0)
            return;
        List<string[]> rows = [["check", "title", "max", "mean", "full", "none", "difficulty", "discrimination"]];
        rows.AddRange(statistics.Checks.Select(check => (string[])
        [
            PlainText.OneLine(check.Id), PlainText.OneLine(check.Title), Csv.Points(check.Max), Csv.Points(check.Points.Mean), $"{check.Full}", $"{check.None}",
            check.Difficulty is { } difficulty ? $"{difficulty:0.00}" : "-", check.Discrimination is { } discrimination ? $"{discrimination:0.00}" : "-",
        ]));
        WriteTable(rows, numbersFrom: 2, output);
        foreach (CheckStatistics check in statistics.Checks.Where(check => check.Responses.Count > 0))
            output.WriteLine($"  {PlainText.OneLine(check.Id)}: {string.Join(", ", check.Responses.Take(8).Select(response => $"{response.Count} x {PlainText.OneLine(response.Response)}"))}"
                + (check.Responses.Count > 8 ? $", {check.Responses.Count - 8} more" : ""));
    }

    private static string Cell(AssignmentScore score) =>
        score.Score is { } points ? $"{Csv.Points(points)}{(score.IsProvisional ? "*" : "")}{(score.IsOutdated ? "!" : "")}" : "-";

    private static void WriteTable(List<string[]> rows, int numbersFrom, TextWriter output)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column < numbersFrom ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
