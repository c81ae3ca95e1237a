using System.Text;
using EsxCourse.Gradebook;
using EsxCourse.Grading.Records;

namespace EsxCourse.Grading.Reports;

/// <summary>What a regrade changed: check by check, old to new. The gradebook keeps both; this is for the teacher to read.</summary>
public static class ChangesPage
{
    /// <summary>Writes it as Markdown.</summary>
    /// <param name="graded">The class after a regrade.</param>
    /// <returns>The document.</returns>
    public static string Markdown(GradedClass graded)
    {
        StringBuilder text = new($"# Changed by the regrade\n\n{Summary(graded)}\n");
        if (graded.Report.Submissions.Any(s => s.Unsafe))
            text.Append($"\n{SubmissionReport.UnsafeStamp}\n");
        foreach (ResultDiff change in graded.Changes)
        {
            text.Append($"\n## {Cell(change.Attempt.Student)}, {change.Attempt.Assignment}: {change.Old.Points:0.##} → {change.New.Points:0.##}\n\n| check | before | after |\n|---|---|---|\n");
            foreach (CheckChange check in change.Checks)
                text.Append($"| {Cell(check.Check)} | {Side(check.Old)} | {Side(check.New)} |\n");
            if (change.Old.Reason != change.New.Reason)
                text.Append($"| | {Cell(change.Old.Reason)} | {Cell(change.New.Reason)} |\n");
        }

        return text.ToString();
    }

    /// <summary>How much changed, in a sentence.</summary>
    /// <param name="graded">The class after a regrade.</param>
    /// <returns>The sentence.</returns>
    public static string Summary(GradedClass graded) =>
        $"{graded.Graded} graded again: {graded.Changes.Count(c => c.ChangesGrade)} grades changed, {graded.Changes.Count(c => !c.ChangesGrade)} only in words.";

    private static string Side(CheckResult? check) => check is null ? "" : Cell($"{check.Points:0.##} of {check.Max:0.##}. {check.Reason}");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
}
