namespace EsxCourse.Gradebook.Scoring;

/// <summary>What one attempt is worth under a rule: earned, less the penalty for lateness.</summary>
/// <param name="Recorded">The attempt.</param>
/// <param name="Checks">The standing result's checks, each with the points that it has after a person's changes.</param>
/// <param name="Earned">Their sum, not below 0; not rounded.</param>
/// <param name="DaysLate">Late days begun after due moment and grace; 0 in time.</param>
/// <param name="FreeDays">How many of them were paid with the student's free days.</param>
/// <param name="Penalty">What the rest costs; at most <paramref name="Earned"/>.</param>
public sealed record AttemptScore(RecordedAttempt Recorded, IReadOnlyList<CheckResult> Checks, decimal Earned, int DaysLate, int FreeDays, decimal Penalty)
{
    /// <summary>Points earned, less the penalty.</summary>
    public decimal Points => Earned - Penalty;

    /// <summary>Prices an attempt.</summary>
    /// <param name="recorded">The attempt.</param>
    /// <param name="max">The points to be had.</param>
    /// <param name="adjustments">All adjustments of this student's assignment, in the order they were made.</param>
    /// <param name="rule">How lateness is counted and priced.</param>
    /// <param name="due">When it was due for this student; null if never.</param>
    /// <param name="freeDays">Free days that the student has left.</param>
    /// <returns>The price.</returns>
    public static AttemptScore Of(RecordedAttempt recorded, decimal max, IReadOnlyList<Adjustment> adjustments, LateRule rule, DateTimeOffset? due, int freeDays)
    {
        Result standing = recorded.Standing.Result;
        CheckResult[] checks = [.. standing.Checks.Select(check => Reviewed(check, [.. adjustments.Where(adjustment => adjustment.Check == check.Id && Means(adjustment, recorded))]))];
        decimal earned = standing.Verdict == Verdict.GraderFault ? 0 : Math.Max(0, checks.Sum(check => check.Points));

        int late = LateDaysBegun(recorded.Attempt.HandedIn, due, rule.Grace);
        if (late == 0 || earned == 0)
            return new AttemptScore(recorded, checks, earned, late, 0, 0);
        if (late > rule.MaximumDays)
            return new AttemptScore(recorded, checks, earned, late, 0, earned);
        int free = rule.PenaltyPerDay == 0 ? 0 : Math.Min(late, Math.Min(freeDays, rule.FreeDays ?? freeDays));
        decimal perDay = rule.PenaltyPerDay * (rule.PenaltyOf == PenaltyBase.Max ? max : earned);
        return new AttemptScore(recorded, checks, earned, late, free, Math.Min(earned, (late - free) * perDay));
    }

    /// <summary>Counts late days: each one begun.</summary>
    /// <param name="handedIn">When it was handed in.</param>
    /// <param name="due">When it was due; null if it never is late.</param>
    /// <param name="grace">What is still in time after that.</param>
    /// <returns>The days, from 0.</returns>
    public static int LateDaysBegun(DateTimeOffset handedIn, DateTimeOffset? due, TimeSpan grace) =>
        due is { } moment && handedIn - moment - grace is var over && over > TimeSpan.Zero ? (int)Math.Ceiling(over / TimeSpan.FromDays(1)) : 0;

    /// <summary>Applies adjustments one after the other: add adds, set replaces all before it.</summary>
    internal static decimal Adjusted(decimal points, IEnumerable<Adjustment> adjustments) =>
        adjustments.Aggregate(points, (now, adjustment) => adjustment.Kind == AdjustmentKind.Set ? adjustment.Points : now + adjustment.Points);

    /// <summary>The check as a person left it: with other points, the person's words behind the grader's, and no longer awaiting a review.</summary>
    private static CheckResult Reviewed(CheckResult check, Adjustment[] adjustments) => adjustments.Length == 0 ? check : check with
    {
        Points = Adjusted(check.Points, adjustments),
        Reason = string.Join('\n', adjustments.Select(Explanation.Line).Prepend(check.Reason).Where(line => line.Length > 0)),
        Verdict = check.Verdict == Verdict.AwaitsReview ? Verdict.Graded : check.Verdict,
    };

    internal static bool Means(Adjustment adjustment, RecordedAttempt recorded) =>
        adjustment.SubmissionHash is null || adjustment.SubmissionHash == recorded.Attempt.SubmissionHash;
}
