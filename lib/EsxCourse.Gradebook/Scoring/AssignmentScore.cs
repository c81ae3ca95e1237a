namespace EsxCourse.Gradebook.Scoring;

/// <summary>What a student has in one assignment, and how it came about.</summary>
/// <param name="Assignment">The assignment, at its latest version.</param>
/// <param name="Attempts">All attempts that may count, in the order handed in.</param>
/// <param name="Counting">The one that does; null if there is none.</param>
/// <param name="Adjustments">What a person changed in the final score, in the order it was done.</param>
/// <param name="Score">The final score, rounded to two places, half away from zero; null if there is nothing to score.</param>
public sealed record AssignmentScore(Assignment Assignment, IReadOnlyList<RecordedAttempt> Attempts, AttemptScore? Counting, IReadOnlyList<Adjustment> Adjustments, decimal? Score)
{
    /// <summary>The points to be had.</summary>
    public decimal Max => Assignment.Max;

    /// <summary>Whether this is not the last word: a person has yet to confirm it, or the grader failed. A final score that a person set is the last word.</summary>
    public bool IsProvisional => Counting is { } counting
        && Adjustments.All(adjustment => adjustment.Kind != AdjustmentKind.Set)
        && (counting.Checks.Any(check => check.Verdict is Verdict.AwaitsReview or Verdict.GraderFault)
            || counting.Recorded.Standing.Result is var result && (result.Verdict == Verdict.GraderFault
                || result.Verdict == Verdict.AwaitsReview && result.Checks.All(check => check.Verdict != Verdict.AwaitsReview) && Adjustments.Count == 0));

    /// <summary>Whether the counting result was graded at an older version than the latest, so that it should be graded again.</summary>
    public bool IsOutdated => Counting is { } counting && counting.Recorded.Standing.Result.Version < Assignment.Version;

    /// <summary>Computes the score.</summary>
    /// <param name="assignment">The assignment, at its latest version.</param>
    /// <param name="attempts">The student's attempts at it, in any order.</param>
    /// <param name="adjustments">The student's adjustments in it, in the order they were made.</param>
    /// <param name="rule">The policy's rule for it.</param>
    /// <param name="due">When it was due for this student; null if never.</param>
    /// <param name="freeDays">Free late days that the student has left.</param>
    /// <returns>The score.</returns>
    public static AssignmentScore Of(Assignment assignment, IReadOnlyList<RecordedAttempt> attempts, IReadOnlyList<Adjustment> adjustments, AssignmentRule rule, DateTimeOffset? due, int freeDays)
    {
        RecordedAttempt[] mayCount = [.. attempts
            .Where(recorded => recorded.Attempt.Kind == AttemptKind.Graded)
            .OrderBy(recorded => recorded.Attempt.HandedIn).ThenBy(recorded => recorded.Attempt.SubmissionHash, StringComparer.Ordinal)
            .Take(rule.Attempts ?? int.MaxValue)];
        AttemptScore[] priced = [.. mayCount.Select(recorded => AttemptScore.Of(recorded, assignment.Max, adjustments, rule.Late, due, freeDays))];
        AttemptScore? counting = rule.Counts switch
        {
            AttemptChoice.First => priced.FirstOrDefault(),
            AttemptChoice.Last => priced.LastOrDefault(),
            // MaxBy keeps the first of equals: the earliest, which also spends the fewest free days.
            _ => priced.MaxBy(attempt => attempt.Points),
        };
        Adjustment[] final = [.. adjustments.Where(adjustment => adjustment.Check is null && (counting is null ? adjustment.SubmissionHash is null : AttemptScore.Means(adjustment, counting.Recorded)))];
        bool nothing = counting is null && final.Length == 0;
        decimal score = AttemptScore.Adjusted(counting?.Points ?? 0, final);
        return new AssignmentScore(assignment, mayCount, counting, final, nothing ? null : Math.Round(Math.Max(0, score), 2, MidpointRounding.AwayFromZero));
    }
}
