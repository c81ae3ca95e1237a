using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EsxCourse.Grading.Records;

namespace EsxCourse.Grading.Reports;

/// <summary>What grading took, and which submissions took longest: those to look at when a class grades slowly. Differs from run to run.</summary>
public static class SpeedPage
{
    private const int Slowest = 10;

    /// <summary>Writes it as Markdown.</summary>
    /// <param name="graded">The class.</param>
    /// <returns>The document.</returns>
    public static string Markdown(GradedClass graded)
    {
        ImmutableArray<GradingTime> times = graded.Times;
        string stamp = graded.Report.Submissions.Any(s => s.Unsafe) ? $"{SubmissionReport.UnsafeStamp}\n\n" : "";
        if (times.IsEmpty)
            return $"# Speed\n\n{stamp}Nothing was measured.\n";
        GradingTime[] slowestFirst = [.. times.OrderByDescending(t => t.Took).ThenBy(t => t.Student, StringComparer.Ordinal).ThenBy(t => t.Exercise, StringComparer.Ordinal)];
        string Quantile(double part) => Milliseconds(slowestFirst[(int)((1 - part) * (slowestFirst.Length - 1))].Took);
        StringBuilder text = new($"# Speed\n\n{stamp}{times.Length} submissions: half took at most {Quantile(0.5)}, nineteen of twenty at most {Quantile(0.95)}.\n\n| student | exercise | took |\n|---|---|---|\n");
        foreach (GradingTime time in slowestFirst.Take(Slowest))
            text.Append($"| {time.Student.Replace("|", "\\|", StringComparison.Ordinal)} | {time.Exercise} | {Milliseconds(time.Took)} |\n");
        return text.ToString();
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms";
}
