namespace EsxCourse.Gradebook.Scoring;

/// <summary>
/// What a student has in the whole course. One pure function of what is recorded: results, adjustments and policy in, scores out; the same
/// content gives the same scores on every machine and on every day.
/// <list type="number">
/// <item>An attempt earns the sum of its standing result's checks, each as a person may have changed it, not below 0.</item>
/// <item>Days late, less the free days spent on it, cost the policy's part; too late earns nothing.</item>
/// <item>Of the attempts that may count, the policy's choice counts. Practice never does.</item>
/// <item>What a person added to or set in the place of the final score comes last: no penalty touches it, and it may exceed the maximum.</item>
/// </list>
/// Free days are spent in the order in which assignments fall due, as many as the counting attempt needs to lose nothing or as are left;
/// "best" means best with them spent. Nobody saves days for later by a lower score.
/// </summary>
/// <param name="Student">The student.</param>
/// <param name="Assignments">Every assignment of the course, by slug.</param>
/// <param name="FreeDaysLeft">Free late days not yet spent.</param>
public sealed record StudentScore(Student Student, IReadOnlyList<AssignmentScore> Assignments, int FreeDaysLeft)
{
    /// <summary>The sum of the scores; what was not handed in counts 0.</summary>
    public decimal Total => Assignments.Sum(assignment => assignment.Score ?? 0);

    /// <summary>The sum of the points to be had.</summary>
    public decimal Max => Assignments.Sum(assignment => assignment.Max);

    /// <summary>Computes the scores of all students.</summary>
    /// <param name="content">What is recorded.</param>
    /// <returns>Them, in the order of <see cref="GradebookContent.Students"/>.</returns>
    public static IReadOnlyList<StudentScore> OfAll(GradebookContent content)
    {
        ILookup<string, RecordedAttempt> attempts = content.Attempts.ToLookup(recorded => recorded.Attempt.Student, StringComparer.Ordinal);
        ILookup<string, Adjustment> adjustments = content.Adjustments.ToLookup(adjustment => adjustment.Student, StringComparer.Ordinal);
        return [.. content.Students.Select(student => Of(student, content.Assignments, attempts[student.Key], adjustments[student.Key], content.Policy))];
    }

    /// <summary>Computes the scores of one student.</summary>
    /// <param name="student">The student.</param>
    /// <param name="assignments">Every assignment of the course, at its latest version.</param>
    /// <param name="attempts">The student's attempts.</param>
    /// <param name="adjustments">The student's adjustments, in the order they were made.</param>
    /// <param name="policy">The policy.</param>
    /// <returns>The scores.</returns>
    public static StudentScore Of(Student student, IReadOnlyList<Assignment> assignments, IEnumerable<RecordedAttempt> attempts, IEnumerable<Adjustment> adjustments, Policy policy)
    {
        ILookup<string, RecordedAttempt> handedIn = attempts.ToLookup(recorded => recorded.Attempt.Assignment, StringComparer.Ordinal);
        ILookup<string, Adjustment> changed = adjustments.ToLookup(adjustment => adjustment.Assignment, StringComparer.Ordinal);
        int freeDays = policy.FreeDays;
        List<AssignmentScore> scores = [];
        // The course's due date, not a student's extension of it, gives the order: an extension must not change what other work costs.
        foreach (Assignment assignment in assignments.OrderBy(assignment => policy.For(assignment.Slug).Due ?? DateTimeOffset.MaxValue).ThenBy(assignment => assignment.Slug, StringComparer.Ordinal))
        {
            AssignmentScore score = AssignmentScore.Of(assignment, [.. handedIn[assignment.Slug]], [.. changed[assignment.Slug]],
                policy.For(assignment.Slug), policy.DueFor(student.Key, assignment.Slug), freeDays);
            freeDays -= score.Counting?.FreeDays ?? 0;
            scores.Add(score);
        }

        return new StudentScore(student, [.. scores.OrderBy(score => score.Assignment.Slug, StringComparer.Ordinal)], freeDays);
    }
}
