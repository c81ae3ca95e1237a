using EsxCourse.Gradebook.Store;

namespace EsxCourse.Gradebook;

/// <summary>What one check or one question gave.</summary>
/// <param name="Id">Its short name, unique within the assignment, the same from version to version while it means the same.</param>
/// <param name="Title">The title to show.</param>
/// <param name="Points">Points earned; may be negative where a quiz marks wrong answers down. Kept to four places.</param>
/// <param name="Max">Points to be had; from 0.</param>
public sealed record CheckResult(string Id, string Title, decimal Points, decimal Max)
{
    /// <summary>How it ended.</summary>
    public Verdict Verdict { get; init; } = Verdict.Graded;

    /// <summary>Why these points, as the student may read it; empty if there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What was answered, in a form that can be counted over a class (an option's name, a number); null for a check of code.</summary>
    public string? Response { get; init; }
}

/// <summary>What grading one attempt at one version gave.</summary>
/// <param name="Version">The assignment's version that it was graded at.</param>
/// <param name="Verdict">How grading ended.</param>
/// <param name="Checks">Per check or question, in the order to show; empty if none ran.</param>
public sealed record Result(int Version, Verdict Verdict, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>What there is to say about the whole, for example the compiler's errors; empty if nothing.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How long grading took, to the millisecond; null if nobody measured. Two results that differ in nothing else are the same.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>The sum of the checks' points, not below 0. A grader's fault gives none.</summary>
    public decimal Points => Verdict == Verdict.GraderFault ? 0 : Math.Max(0, Checks.Sum(check => check.Points));

    /// <summary>The same result as the gradebook keeps it: four places, text that every database can hold.</summary>
    internal Result Kept() => this with
    {
        Reason = Text.Kept(Reason),
        Checks = [.. Checks.Select(check => check with
        {
            Id = Text.Kept(check.Id),
            Title = Text.Kept(check.Title),
            Points = PointsColumn.Kept(check.Points),
            Max = PointsColumn.Kept(check.Max),
            Reason = Text.Kept(check.Reason),
            Response = check.Response is { } response ? Text.Kept(response) : null,
        })],
    };

    internal bool SameAs(Result other) =>
        Version == other.Version && Verdict == other.Verdict && Reason == other.Reason && Checks.SequenceEqual(other.Checks);
}
