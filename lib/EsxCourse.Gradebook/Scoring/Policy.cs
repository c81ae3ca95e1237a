namespace EsxCourse.Gradebook.Scoring;

/// <summary>Which of several attempts counts.</summary>
public enum AttemptChoice
{
    /// <summary>The one with the most points after its penalty; of equals the earliest.</summary>
    Best,

    /// <summary>The last one handed in.</summary>
    Last,

    /// <summary>The first one handed in.</summary>
    First,
}

/// <summary>What a day's penalty is a part of.</summary>
public enum PenaltyBase
{
    /// <summary>The points to be had: a late day costs everybody the same.</summary>
    Max,

    /// <summary>The points earned: who earned little loses little.</summary>
    Earned,
}

/// <summary>How lateness is counted and priced. A day that has begun counts.</summary>
public sealed record LateRule
{
    /// <summary>Handed in this long after the due moment is still in time; lateness counts from its end.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.Zero;

    /// <summary>The part that one late day costs, from 0 to 1.</summary>
    public decimal PenaltyPerDay { get; init; }

    /// <summary>What it is a part of.</summary>
    public PenaltyBase PenaltyOf { get; init; } = PenaltyBase.Max;

    /// <summary>Handed in more days late than this earns nothing; null if there is no such limit.</summary>
    public int? MaximumDays { get; init; }

    /// <summary>Of the student's free late days, how many may be spent here; null if there is no such limit.</summary>
    public int? FreeDays { get; init; }
}

/// <summary>The rules of one assignment.</summary>
public sealed record AssignmentRule
{
    /// <summary>When it is due; null if it never is late.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Which attempt counts.</summary>
    public AttemptChoice Counts { get; init; } = AttemptChoice.Best;

    /// <summary>Only so many attempts, the earliest, may count; null if there is no such limit.</summary>
    public int? Attempts { get; init; }

    /// <summary>How lateness is counted and priced.</summary>
    public LateRule Late { get; init; } = new();
}

/// <summary>
/// What turns results into scores: due dates, which attempt counts, what lateness costs. The default, <see cref="None"/>, takes the best
/// attempt and knows no lateness. Read from YAML by <see cref="PolicyFile"/>.
/// </summary>
public sealed record Policy
{
    /// <summary>No policy: the best attempt counts, nothing is ever late.</summary>
    public static Policy None { get; } = new();

    /// <summary>What holds for an assignment that is not in <see cref="Assignments"/>.</summary>
    public AssignmentRule Default { get; init; } = new();

    /// <summary>Late days that cost nothing, for each student over the whole course; from 0.</summary>
    public int FreeDays { get; init; }

    /// <summary>By slug, what holds for this assignment.</summary>
    public IReadOnlyDictionary<string, AssignmentRule> Assignments { get; init; } = new Dictionary<string, AssignmentRule>();

    /// <summary>By student and slug, another due moment for this one student.</summary>
    public IReadOnlyDictionary<(string Student, string Assignment), DateTimeOffset> Extensions { get; init; } =
        new Dictionary<(string Student, string Assignment), DateTimeOffset>();

    /// <summary>What holds for an assignment.</summary>
    /// <param name="assignment">Its slug.</param>
    /// <returns>The rule.</returns>
    public AssignmentRule For(string assignment) => Assignments.GetValueOrDefault(assignment, Default);

    /// <summary>When an assignment is due for a student; null if never.</summary>
    /// <param name="student">The student's key.</param>
    /// <param name="assignment">The assignment's slug.</param>
    /// <returns>The moment.</returns>
    public DateTimeOffset? DueFor(string student, string assignment) =>
        Extensions.TryGetValue((student, assignment), out DateTimeOffset extended) ? extended : For(assignment).Due;
}
