namespace EsxCourse.Gradebook.Store;

/// <summary>Between rows and the values that callers see.</summary>
internal static class Rows
{
    /// <summary>The row for one more result of an attempt.</summary>
    /// <exception cref="ArgumentException">A check's id is blank, too long or there twice.</exception>
    public static ResultRow NextRevision(AttemptRow attempt, Result result, DateTimeOffset now)
    {
        Result kept = result.Kept();
        if (kept.Checks.DistinctBy(check => check.Id).Count() != kept.Checks.Count)
            throw new ArgumentException("Two checks of one result have the same id.", nameof(result));
        ResultRow row = new()
        {
            Version = kept.Version,
            Revision = 1 + attempt.Results.Where(old => old.Version == kept.Version).Select(old => old.Revision).DefaultIfEmpty().Max(),
            Verdict = kept.Verdict,
            Reason = kept.Reason,
            RecordedAt = now,
            Milliseconds = kept.Took is { } took ? (int)Math.Min(took.TotalMilliseconds, int.MaxValue) : null,
        };
        foreach (CheckResult check in kept.Checks)
        {
            row.Checks.Add(new CheckRow
            {
                Position = row.Checks.Count,
                CheckId = Text.Key(check.Id, 200, nameof(result)),
                Title = check.Title,
                Points = check.Points,
                Max = check.Max,
                Verdict = check.Verdict,
                Reason = check.Reason,
                Response = check.Response,
            });
        }

        return row;
    }

    public static RecordedAttempt ToRecorded(AttemptRow row, string student, string assignment) => new(
        new Attempt(student, assignment, row.SubmissionHash, row.HandedIn, row.Kind) { Source = row.Source },
        [.. row.Results.OrderBy(result => result.Version).ThenBy(result => result.Revision).Select(result => new RecordedResult(ToResult(result), result.Revision, result.RecordedAt))]);

    public static Student ToStudent(StudentRow row) =>
        new(row.Key, row.Name) { CanvasId = row.CanvasId, SisUserId = row.SisUserId, SisLoginId = row.SisLoginId, Section = row.Section };

    public static Assignment ToLatest(AssignmentRow row)
    {
        VersionRow latest = row.Versions.MaxBy(version => version.Number)!;
        return new Assignment(row.Slug, row.Title, row.Kind, latest.Number, latest.Max) { CanvasId = row.CanvasId };
    }

    public static Adjustment ToAdjustment(AdjustmentRow row, string student, string assignment) =>
        new(student, assignment, row.Kind, row.Points, row.Comment, row.By) { Check = row.CheckId, SubmissionHash = row.SubmissionHash, At = row.At };

    private static Result ToResult(ResultRow row) => new(row.Version, row.Verdict, [.. row.Checks.OrderBy(check => check.Position).Select(ToCheck)])
    {
        Reason = row.Reason,
        Took = row.Milliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
    };

    private static CheckResult ToCheck(CheckRow row) =>
        new(row.CheckId, row.Title, row.Points, row.Max) { Verdict = row.Verdict, Reason = row.Reason, Response = row.Response };
}
