using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook.Statistics;

/// <summary>How the points of a class, or of one check over a class, are spread.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, over the class itself (divided by the count).</param>
/// <param name="Minimum">The least.</param>
/// <param name="LowerQuartile">A quarter lies at or below.</param>
/// <param name="Median">Half lies at or below.</param>
/// <param name="UpperQuartile">Three quarters lie at or below.</param>
/// <param name="Maximum">The most.</param>
public sealed record Distribution(int Count, decimal Mean, decimal Deviation, decimal Minimum, decimal LowerQuartile, decimal Median, decimal UpperQuartile, decimal Maximum)
{
    /// <summary>Describes points; null if there are none.</summary>
    /// <param name="points">The points, in any order.</param>
    /// <returns>How they are spread.</returns>
    public static Distribution? Of(IEnumerable<decimal> points)
    {
        decimal[] sorted = [.. points.Order()];
        if (sorted.Length == 0)
            return null;
        decimal mean = sorted.Average();
        decimal deviation = (decimal)Math.Sqrt((double)sorted.Average(value => (value - mean) * (value - mean)));
        return new Distribution(sorted.Length, Round(mean), Round(deviation), sorted[0], Quantile(sorted, 0.25m), Quantile(sorted, 0.5m), Quantile(sorted, 0.75m), sorted[^1]);
    }

    /// <summary>Between the two nearest, in proportion: the median of 1 and 2 is 1.5.</summary>
    private static decimal Quantile(decimal[] sorted, decimal part)
    {
        decimal at = part * (sorted.Length - 1);
        int below = (int)Math.Floor(at);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return Round(sorted[below] + (at - below) * (sorted[above] - sorted[below]));
    }

    internal static decimal Round(decimal value) => Math.Round(value, 4, MidpointRounding.AwayFromZero);
}

/// <summary>How a class did on one check or question.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Max">Points to be had; the most that any result states.</param>
/// <param name="Points">How the points are spread.</param>
/// <param name="Full">How many have all points.</param>
/// <param name="None">How many have none, or less.</param>
/// <param name="Difficulty">The mean part of the points that was earned: near 1 everybody can do it, near 0 nobody. Null if there are no points to be had.</param>
/// <param name="Discrimination">
/// How well it tells strong from weak: the correlation, from -1 to 1, of its points with the sum of all the other checks. Below 0.2 is poor;
/// negative means that the strong fail it. Null if either never varies.
/// </param>
/// <param name="Responses">What was answered and how often, the most frequent first; empty where answers are not counted.</param>
public sealed record CheckStatistics(
    string Id, string Title, decimal Max, Distribution Points, int Full, int None, decimal? Difficulty, decimal? Discrimination, IReadOnlyList<(string Response, int Count)> Responses);

/// <summary>How a class did on one assignment: the attempts that count, at the version graded most recently.</summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="NotHandedIn">How many students handed nothing in.</param>
/// <param name="Verdicts">How grading ended, and how often.</param>
/// <param name="Scores">How the final scores are spread; null if there are none.</param>
/// <param name="Histogram">Ten bars: scores from 0 to below 10 % of the maximum, to below 20 %, …; the last one holds 90 % and more.</param>
/// <param name="Checks">Per check, in the order in which they are shown.</param>
public sealed record AssignmentStatistics(
    Assignment Assignment, int NotHandedIn, IReadOnlyList<(Verdict Verdict, int Count)> Verdicts, Distribution? Scores, IReadOnlyList<int> Histogram, IReadOnlyList<CheckStatistics> Checks)
{
    /// <summary>Describes every assignment.</summary>
    /// <param name="content">What is recorded.</param>
    /// <returns>Them, by slug.</returns>
    public static IReadOnlyList<AssignmentStatistics> OfAll(GradebookContent content)
    {
        IReadOnlyList<StudentScore> students = StudentScore.OfAll(content);
        return [.. content.Assignments.Select((assignment, index) => Of(assignment, [.. students.Select(student => student.Assignments[index])]))];
    }

    private static AssignmentStatistics Of(Assignment assignment, AssignmentScore[] scores)
    {
        AttemptScore[] counting = [.. scores.Select(score => score.Counting).OfType<AttemptScore>()];
        // A grader's fault says nothing about the class.
        decimal[] points = [.. scores.Where(score => score.Counting?.Recorded.Standing.Result.Verdict != Verdict.GraderFault).Select(score => score.Score).OfType<decimal>()];
        int[] histogram = new int[10];
        foreach (decimal score in points)
            histogram[assignment.Max == 0 ? 9 : (int)Math.Clamp(Math.Floor(score * 10 / assignment.Max), 0, 9)]++;
        return new AssignmentStatistics(
            assignment,
            scores.Count(score => score.Attempts.Count == 0),
            [.. counting.GroupBy(attempt => attempt.Recorded.Standing.Result.Verdict).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()))],
            Distribution.Of(points),
            histogram,
            Items(counting));
    }

    private static CheckStatistics[] Items(AttemptScore[] counting)
    {
        (CheckResult Check, decimal Others)[] all = [.. counting.SelectMany(attempt => attempt.Checks
            .Where(check => check.Verdict != Verdict.GraderFault)
            .Select(check => (check, attempt.Checks.Sum(other => other.Points) - check.Points)))];
        // In the order of the longest list of checks, then of first appearance, so that it does not depend on who comes first in the class.
        string[] order = [.. counting.OrderByDescending(attempt => attempt.Checks.Count).SelectMany(attempt => attempt.Checks).Select(check => check.Id).Distinct(StringComparer.Ordinal)];
        return [.. all.GroupBy(item => item.Check.Id, StringComparer.Ordinal).OrderBy(group => Array.IndexOf(order, group.Key)).Select(group => Item([.. group]))];
    }

    private static CheckStatistics Item((CheckResult Check, decimal Others)[] items)
    {
        CheckResult[] checks = [.. items.Select(item => item.Check)];
        decimal max = checks.Sum(check => check.Max);
        return new CheckStatistics(
            checks[0].Id,
            checks[0].Title,
            checks.Max(check => check.Max),
            Distribution.Of(checks.Select(check => check.Points))!,
            checks.Count(check => check.Points >= check.Max && check.Max > 0),
            checks.Count(check => check.Points <= 0),
            max == 0 ? null : Distribution.Round(checks.Sum(check => check.Points) / max),
            Correlation([.. items.Select(item => ((double)item.Check.Points, (double)item.Others))]),
            [.. checks.Select(check => check.Response).OfType<string>().GroupBy(response => response, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Count()))]);
    }

    /// <summary>Pearson's correlation; null if one side does not vary.</summary>
    private static decimal? Correlation((double X, double Y)[] pairs)
    {
        double meanX = pairs.Average(pair => pair.X), meanY = pairs.Average(pair => pair.Y);
        double together = pairs.Sum(pair => (pair.X - meanX) * (pair.Y - meanY));
        double spread = Math.Sqrt(pairs.Sum(pair => (pair.X - meanX) * (pair.X - meanX)) * pairs.Sum(pair => (pair.Y - meanY) * (pair.Y - meanY)));
        return spread < 1e-12 ? null : Distribution.Round((decimal)(together / spread));
    }
}
