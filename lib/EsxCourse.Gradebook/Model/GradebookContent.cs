using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook;

/// <summary>A result as it was recorded.</summary>
/// <param name="Result">The result.</param>
/// <param name="Revision">Counts the results of one attempt at one version, from 1.</param>
/// <param name="RecordedAt">When.</param>
public sealed record RecordedResult(Result Result, int Revision, DateTimeOffset RecordedAt);

/// <summary>An attempt with every result it ever had.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="History">Its results by version, then revision; at least one.</param>
public sealed record RecordedAttempt(Attempt Attempt, IReadOnlyList<RecordedResult> History)
{
    /// <summary>The result that stands: the latest that is no fault of the grader; if there is none but faults, the latest fault.</summary>
    public RecordedResult Standing => History.LastOrDefault(recorded => recorded.Result.Verdict != Verdict.GraderFault) ?? History[^1];

    /// <summary>What each later result changed in the one that stood before it, oldest first.</summary>
    public IEnumerable<ResultDiff> Changes
    {
        get
        {
            Result standing = History[0].Result;
            foreach (RecordedResult next in History.Skip(1))
            {
                yield return ResultDiff.Between(Attempt, standing, next.Result);
                if (next.Result.Verdict != Verdict.GraderFault)
                    standing = next.Result;
            }
        }
    }
}

/// <summary>All that a gradebook holds on one course at one moment, in an order that does not depend on who recorded what first.</summary>
/// <param name="Course">The course's name.</param>
/// <param name="Students">By key.</param>
/// <param name="Assignments">Every assignment at its latest version, by slug.</param>
/// <param name="Attempts">By student, assignment, moment handed in, hash.</param>
/// <param name="Adjustments">By student, assignment, then in the order they were made.</param>
/// <param name="Policy">What decides between attempts and prices lateness.</param>
public sealed record GradebookContent(
    string Course,
    IReadOnlyList<Student> Students,
    IReadOnlyList<Assignment> Assignments,
    IReadOnlyList<RecordedAttempt> Attempts,
    IReadOnlyList<Adjustment> Adjustments,
    Policy Policy);
