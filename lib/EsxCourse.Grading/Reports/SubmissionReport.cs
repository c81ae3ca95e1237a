using System.Collections.Immutable;
using System.Text.Json.Serialization;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Reports;

/// <summary>How a submission ended. Three kinds of failure that are three different things.</summary>
public enum Verdict
{
    /// <summary>All checks ran; the points say how well.</summary>
    Graded,

    /// <summary>The submission failed: it does not compile, threw, ended its process, or sent what is not the protocol.</summary>
    SubmissionFailed,

    /// <summary>The submission ran out of a limit: CPU time, waiting time, memory or calls.</summary>
    RanOutOfLimits,

    /// <summary>The grader failed. The points say nothing, and the submission must be graded again.</summary>
    GraderBroke,
}

/// <summary>How one check ended.</summary>
public enum CheckOutcome
{
    /// <summary>As expected: full points.</summary>
    Passed,

    /// <summary>It answered, but not what was expected: no points, or a part of them.</summary>
    WrongAnswer,

    /// <summary>It did not answer: see <see cref="Verdict.SubmissionFailed"/>.</summary>
    SubmissionFailed,

    /// <summary>See <see cref="Verdict.RanOutOfLimits"/>.</summary>
    RanOutOfLimits,

    /// <summary>See <see cref="Verdict.GraderBroke"/>.</summary>
    GraderBroke,
}

/// <summary>What became of one check.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Points">Points earned.</param>
/// <param name="Max">Points that it is worth.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">A sentence that says why.</param>
/// <param name="Hint">What to read or think about; null when the points are earned.</param>
public sealed record CheckReport(string Name, int Points, int Max, CheckOutcome Outcome, string Reason, string? Hint)
{
    /// <summary>The steps that the check played until expectation and answer parted; null unless the student is to see them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<PlayedStep>? Steps { get; init; }

    /// <summary>What it measured; null where it measures nothing or did not run to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Figure>? Figures { get; init; }
}

/// <summary>What became of one submission.</summary>
/// <param name="Student">Who.</param>
/// <param name="Exercise">Slug of the exercise.</param>
/// <param name="Points">Points earned.</param>
/// <param name="Max">Points that could be earned.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Summary">A sentence for the class's table.</param>
/// <param name="Hash">SHA-256 of what was handed in.</param>
/// <param name="Checks">Each check, in the exercise's order; all of them even if none could run.</param>
/// <param name="CompileErrors">The compiler's errors, at the student's own lines.</param>
public sealed record SubmissionReport(
    string Student, string Exercise, int Points, int Max, Verdict Verdict, string Summary, string Hash,
    ImmutableArray<CheckReport> Checks, ImmutableArray<CompileError> CompileErrors)
{
    /// <summary>What every report of a submission that ran without a sandbox says.</summary>
    internal const string UnsafeStamp = "Run with --unsafe, without a sandbox: fit for code of one's own, not for grades.";

    /// <summary>Whether it ran without a sandbox (<c>--unsafe</c>): then these points are the word of the code that was run.</summary>
    public bool Unsafe { get; init; }

    /// <summary>Advice that no points hang on.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>What it comes to with attempts, lateness and a person's changes; null where it was graded without a gradebook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoreReport? Score { get; init; }
}

/// <summary>What a student has in an exercise by the gradebook: points, less lateness, and with what a person changed.</summary>
/// <param name="Points">The score; null if there is nothing to score.</param>
/// <param name="IsFinal">Whether it is the last word.</param>
/// <param name="Attempts">How many submissions of the student to the exercise are recorded.</param>
/// <param name="Counts">Whether this submission is the one that counts.</param>
/// <param name="Explanation">How it came about, in sentences.</param>
public sealed record ScoreReport(decimal? Points, bool IsFinal, int Attempts, bool Counts, ImmutableArray<string> Explanation)
{
    /// <summary>Whether the explanation says more than the submission's own points do.</summary>
    [JsonIgnore]
    public bool IsWorthTelling => Attempts > 1 || Explanation.Length > 2;
}

/// <summary>What became of a class. Says nothing of times or order, so that grading again gives the same bytes.</summary>
/// <param name="Submissions">Every submission, ordered by student and exercise.</param>
public sealed record ClassReport(ImmutableArray<SubmissionReport> Submissions)
{
    /// <summary>The leaderboards of exercises that have one; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<LeaderboardReport>? Leaderboards { get; init; }
}
