using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using EsxCourse.Gradebook;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;
using Outcome = EsxCourse.Gradebook.Verdict;
using Verdict = EsxCourse.Grading.Reports.Verdict;

namespace EsxCourse.Grading.Records;

// A submission's report as the gradebook keeps it, and back. Nothing is lost on the way, so that every report can be written again from the
// gradebook alone, by whoever has it: that is what makes grading resumable.
//
//   summary, compile errors, notes   the result's reason, a line each       It does not compile: …
//                                                                           Tax.cs:12: CS0103 …
//                                                                           Note: …
//   a check's reason, hint, figures  the check's reason, a line each        k at τ = 0 % should be 1, your answer is 0.
//                                                                           Hint: …
//                                                                           Figure: throughput = 98.25 %
//
// Always: none of these texts holds a line break, since whatever a student wrote was made one plain line before it came into a report.

/// <summary>Turns reports into the gradebook's results and back.</summary>
internal static partial class RecordedReport
{
    private const string Hint = "Hint: ", Note = "Note: ", Measured = "Figure: ";

    /// <summary>The result to record.</summary>
    public static Result ToResult(SubmissionReport report, Exercise exercise, TimeSpan? took) =>
        new(exercise.Version, ToOutcome(report.Verdict), [.. report.Checks.Select(ToCheck)])
        {
            Reason = string.Join('\n', [report.Summary, .. report.CompileErrors.Select(e => e.ToString()), .. report.Notes.Select(n => Note + n), .. report.Unsafe ? [Note + SubmissionReport.UnsafeStamp] : Array.Empty<string>()]),
            Took = took,
        };

    /// <summary>The report of a recorded result.</summary>
    public static SubmissionReport ToReport(Attempt attempt, Result result)
    {
        string[] lines = result.Reason.Split('\n');
        CheckReport[] checks = [.. result.Checks.Select(ToCheck)];
        return new SubmissionReport(
            attempt.Student, attempt.Assignment, checks.Sum(c => c.Points), checks.Sum(c => c.Max), ToVerdict(result.Verdict), lines[0], attempt.SubmissionHash, [.. checks],
            [.. lines.Skip(1).Where(l => !l.StartsWith(Note, StringComparison.Ordinal)).Select(ToError)])
        {
            Notes = [.. lines.Skip(1).Where(l => l.StartsWith(Note, StringComparison.Ordinal)).Select(l => l[Note.Length..]).Where(n => n != SubmissionReport.UnsafeStamp)],
            Unsafe = IsUnsafe(result),
        };
    }

    /// <summary>Whether the result came about without a sandbox.</summary>
    public static bool IsUnsafe(Result result) => result.Reason.Split('\n').Contains(Note + SubmissionReport.UnsafeStamp);

    private static CheckResult ToCheck(CheckReport check) => new(check.Name, check.Name, check.Points, check.Max)
    {
        Verdict = check.Outcome switch
        {
            CheckOutcome.SubmissionFailed => Outcome.SubmissionFailed,
            CheckOutcome.RanOutOfLimits => Outcome.LimitExceeded,
            CheckOutcome.GraderBroke => Outcome.GraderFault,
            _ => Outcome.Graded,
        },
        Reason = string.Join('\n', [check.Reason, .. check.Hint is string hint ? [Hint + hint] : Array.Empty<string>(), .. check.Figures?.Select(f => Measured + f.Line) ?? []]),
    };

    private static CheckReport ToCheck(CheckResult check)
    {
        string[] lines = check.Reason.Split('\n');
        string? After(string mark) => lines.Skip(1).FirstOrDefault(l => l.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..];
        Figure[] figures = [.. lines.Skip(1).Where(l => l.StartsWith(Measured, StringComparison.Ordinal)).Select(l => Figure.Read(l[Measured.Length..])).OfType<Figure>()];
        CheckOutcome outcome = check.Verdict switch
        {
            Outcome.SubmissionFailed => CheckOutcome.SubmissionFailed,
            Outcome.LimitExceeded => CheckOutcome.RanOutOfLimits,
            Outcome.GraderFault => CheckOutcome.GraderBroke,
            _ => check.Points == check.Max ? CheckOutcome.Passed : CheckOutcome.WrongAnswer,
        };
        return new CheckReport(check.Id, (int)check.Points, (int)check.Max, outcome, lines[0], After(Hint)) { Figures = figures.Length == 0 ? null : [.. figures] };
    }

    private static Outcome ToOutcome(Verdict verdict) => verdict switch
    {
        Verdict.Graded => Outcome.Graded,
        Verdict.SubmissionFailed => Outcome.SubmissionFailed,
        Verdict.RanOutOfLimits => Outcome.LimitExceeded,
        _ => Outcome.GraderFault,
    };

    private static Verdict ToVerdict(Outcome outcome) => outcome switch
    {
        Outcome.Graded => Verdict.Graded,
        Outcome.SubmissionFailed => Verdict.SubmissionFailed,
        Outcome.LimitExceeded => Verdict.RanOutOfLimits,
        _ => Verdict.GraderBroke,
    };

    // File names hold no colon: SourceReader sees to it.
    private static CompileError ToError(string line) => Place().Match(line) is { Success: true } place
        ? new CompileError(place.Groups[1].Value, int.Parse(place.Groups[2].Value, CultureInfo.InvariantCulture), place.Groups[3].Value)
        : new CompileError("", 0, line);

    [GeneratedRegex(@"^([^:]+):(\d+): (.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
