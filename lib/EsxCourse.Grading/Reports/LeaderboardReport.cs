using System.Collections.Immutable;
using System.Text.Json.Serialization;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Reports;

// A leaderboard follows from what the checks reported and was recorded, and from nothing else: grading again gives the same one. Figures of
// a name add up over an exercise's checks, so a check that was lost altogether adds nothing.

/// <summary>An exercise's leaderboard.</summary>
/// <param name="Exercise">Slug of the exercise.</param>
/// <param name="Figures">What its columns are, before the total.</param>
/// <param name="Rows">By total, the highest first; equal totals by name. Rows of nobody's stand among them without a place.</param>
public sealed record LeaderboardReport(string Exercise, ImmutableArray<string> Figures, ImmutableArray<LeaderboardRow> Rows)
{
    /// <summary>The leaderboard of an exercise.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="submissions">The class's submissions, to whatever exercise.</param>
    /// <returns>The leaderboard; null if the exercise has none or nobody reported a figure.</returns>
    public static LeaderboardReport? Of(Exercise exercise, IEnumerable<SubmissionReport> submissions)
    {
        if (exercise.Leaderboard is not { } board)
            return null;
        LeaderboardRow[] students =
        [
            .. from submission in submissions
               where submission.Exercise == exercise.Slug
               let figures = submission.Checks.SelectMany(c => c.Figures ?? []).ToArray()
               where figures.Length > 0
               select Row(submission.Student, board.Figures.Select(name => figures.Where(f => f.Name == name).Sum(f => f.Value))) into row
               group row by row.Name into attempts
               select attempts.MaxBy(row => row.Total),
        ];
        if (students.Length == 0)
            return null;
        LeaderboardRow[] ordered = [.. students.Concat(board.Beside.Select(b => Row(b.Name, b.Values) with { IsBeside = true })).OrderByDescending(r => r.Total).ThenBy(r => r.IsBeside).ThenBy(r => r.Name, StringComparer.Ordinal)];
        int place = 0;
        return new LeaderboardReport(exercise.Slug, board.Figures, [.. ordered.Select(r => r.IsBeside ? r : r with { Place = ++place })]);
    }

    private static LeaderboardRow Row(string name, IEnumerable<decimal> values)
    {
        ImmutableArray<decimal> all = [.. values.Select(Figure.Plain)];
        return new LeaderboardRow(name, all, Figure.Plain(all.Sum()));
    }
}

/// <summary>A row of a leaderboard.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Values">A value for each figure.</param>
/// <param name="Total">Their sum.</param>
public sealed record LeaderboardRow(string Name, ImmutableArray<decimal> Values, decimal Total)
{
    /// <summary>The place among the students, from 1; null for a row of nobody's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Place { get; init; }

    /// <summary>Whether it is nobody's, there for orientation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBeside { get; init; }
}
