using EsxCourse.Gradebook.Export;

namespace EsxCourse.Gradebook.Scoring;

/// <summary>Says in sentences how a score came about, for the student who asks.</summary>
public static class Explanation
{
    /// <summary>Explains a score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Lines, from what was earned to what it comes to.</returns>
    public static IEnumerable<string> Of(AssignmentScore score)
    {
        if (score.Counting is { } counting)
        {
            Result result = counting.Recorded.Standing.Result;
            yield return $"{Csv.Points(counting.Earned)} of {Csv.Points(score.Max)} points earned{(score.Attempts.Count > 1 ? $" in the attempt that counts, of {score.Attempts.Count}" : "")}.";
            string? failed = result.Verdict switch
            {
                Verdict.SubmissionFailed => "The submission failed.",
                Verdict.LimitExceeded => "The submission ran out of a limit.",
                Verdict.GraderFault => "The grader failed; this is no verdict on the work, and it will be graded again.",
                _ => null,
            };
            if (failed is not null)
                yield return failed;
            if (counting.DaysLate > 0)
                yield return $"{Days(counting.DaysLate)} late{(counting.FreeDays > 0 ? $", {counting.FreeDays} of them free" : "")}: {(counting.Penalty > 0 ? $"-{Csv.Points(counting.Penalty)}" : "no penalty")}.";
        }

        foreach (Adjustment adjustment in score.Adjustments)
            yield return Line(adjustment);
        if (score.IsProvisional)
            yield return "Not final yet.";
        yield return score.Score is { } final ? $"Score: {Csv.Points(final)} of {Csv.Points(score.Max)}." : "Nothing handed in.";
    }

    /// <summary>Writes an adjustment on one line, for example <c>+1.5 (Emma): right idea</c>.</summary>
    internal static string Line(Adjustment adjustment)
    {
        string points = adjustment.Kind == AdjustmentKind.Set ? $"set to {Csv.Points(adjustment.Points)}" : $"{(adjustment.Points < 0 ? "" : "+")}{Csv.Points(adjustment.Points)}";
        return $"{points} ({adjustment.By}): {adjustment.Comment}";
    }

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
