namespace EsxCourse.Gradebook;

/// <summary>What an adjustment does with its points.</summary>
public enum AdjustmentKind
{
    /// <summary>Adds them, or takes them away if negative.</summary>
    Add,

    /// <summary>Puts them in the place of what was there. The last one wins, and replaces what was added before it.</summary>
    Set,
}

/// <summary>
/// What a person changed by hand. Belongs to student and assignment, not to a result, so that it survives a regrade; nothing deletes
/// one, a mistake is corrected by another.
/// </summary>
/// <param name="Student">The student's key.</param>
/// <param name="Assignment">The assignment's slug.</param>
/// <param name="Kind">Add or set.</param>
/// <param name="Points">The points; kept to four places. An <see cref="AdjustmentKind.Add"/> of 0 is a mere comment.</param>
/// <param name="Comment">What the student may read; not empty.</param>
/// <param name="By">Who did it; not empty.</param>
public sealed record Adjustment(string Student, string Assignment, AdjustmentKind Kind, decimal Points, string Comment, string By)
{
    /// <summary>The check or question whose points change, before any penalty; null for the final score, after it.</summary>
    public string? Check { get; init; }

    /// <summary>The attempt that is meant; null for whichever counts.</summary>
    public string? SubmissionHash { get; init; }

    /// <summary>When it was recorded; the gradebook fills it in.</summary>
    public DateTimeOffset At { get; init; }
}
