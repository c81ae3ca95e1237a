namespace EsxCourse.Gradebook;

/// <summary>Whether an attempt may count.</summary>
public enum AttemptKind
{
    /// <summary>Handed in to be graded.</summary>
    Graded,

    /// <summary>Done for practice: kept and shown, never counted.</summary>
    Practice,
}

/// <summary>One submission of one student to one assignment. The same content handed in twice is one attempt, at the earlier moment.</summary>
/// <param name="Student">The student's key.</param>
/// <param name="Assignment">The assignment's slug.</param>
/// <param name="SubmissionHash">Identifies what was handed in, at most 128 characters. Two attempts that must count separately need two hashes.</param>
/// <param name="HandedIn">When; kept in UTC, to the millisecond.</param>
/// <param name="Kind">Whether it may count.</param>
public sealed record Attempt(string Student, string Assignment, string SubmissionHash, DateTimeOffset HandedIn, AttemptKind Kind = AttemptKind.Graded)
{
    /// <summary>Where it came from, for people: a file in an upload, a session; null if nobody needs to know.</summary>
    public string? Source { get; init; }

    /// <summary>What a result at <paramref name="version"/> is filed under.</summary>
    /// <param name="version">The assignment's version.</param>
    /// <returns>The key.</returns>
    public SubmissionKey At(int version) => new(Student, Assignment, SubmissionHash, version);
}

/// <summary>What a result is filed under: at most one result stands for each.</summary>
/// <param name="Student">The student's key.</param>
/// <param name="Assignment">The assignment's slug.</param>
/// <param name="SubmissionHash">What was handed in.</param>
/// <param name="Version">The assignment's version.</param>
public readonly record struct SubmissionKey(string Student, string Assignment, string SubmissionHash, int Version);
