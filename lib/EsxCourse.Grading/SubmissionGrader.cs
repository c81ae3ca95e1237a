using System.Collections.Immutable;
using EsxCourse.Grading.Calls;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Checks.References;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading;

// One submission from its sources to its report: compile, then run the exercise's checks one after the other against the sandboxed object.
//
// Points are given here and nowhere else, and only where a check ran to its end. Whatever else happens, the check is worth nothing and the
// report says which of three things it was: the submission's failure, a limit, or ours.

/// <summary>Grades single submissions; used by several threads at once.</summary>
internal sealed class SubmissionGrader(CompilerProcess compiler, WorkerNursery nursery, byte[] secret, bool tellsSteps)
{
    /// <summary>Grades one submission.</summary>
    /// <param name="submission">What was handed in.</param>
    /// <param name="checks">The checks to run, for example only those that students have too.</param>
    /// <param name="cancellation">Stops the work and ends the worker.</param>
    /// <returns>The report, and whether it hangs on waiting time: then it must be graded again with the machine to itself.</returns>
    public (SubmissionReport Report, bool WaitedInVain) Grade(Submission submission, ImmutableArray<ExerciseCheck> checks, CancellationToken cancellation)
    {
        if (submission.Refusal is string refusal)
            return (Failed(submission, checks, $"The submission {refusal}.", []), false);
        CompiledSubmission compiled = compiler.Compile(submission, cancellation);
        if (!compiled.Errors.IsEmpty)
            return (Failed(submission, checks, $"It does not compile: {compiled.Errors[0]}", compiled.Errors), false);

        using StudentCode code = new(nursery, compiled, submission.Exercise.Contract, submission.Exercise.Limits, cancellation);
        bool waitedInVain = false;
        ImmutableArray<CheckReport>.Builder reports = ImmutableArray.CreateBuilder<CheckReport>(checks.Length);
        foreach (ExerciseCheck check in checks)
        {
            (CheckReport report, FaultKind? fault) = Run(check, submission, code, secret, tellsSteps);
            waitedInVain |= fault == FaultKind.NoAnswer;
            reports.Add(report);
        }

        SubmissionReport graded = Report(submission, reports.ToImmutable());
        string? note = graded.Points < graded.Max ? PrintedOutput.Note(submission) : null;
        return (graded with { Notes = note is null ? submission.Notes : submission.Notes.Add(note) }, waitedInVain);
    }

    /// <summary>Runs one check against a submission's code, wherever that runs.</summary>
    /// <param name="check">The check.</param>
    /// <param name="submission">What was handed in; inputs follow from it.</param>
    /// <param name="code">Its code.</param>
    /// <param name="secret">The secret from which inputs are drawn.</param>
    /// <param name="tellsSteps">Whether the student is shown a public check's steps.</param>
    internal static (CheckReport Report, FaultKind? Fault) Run(ExerciseCheck check, Submission submission, IStudentCode code, byte[] secret, bool tellsSteps)
    {
        if (code.Spent is string spent)
            return (Lost(check, CheckOutcome.RanOutOfLimits, $"Not run: earlier checks used up the submission's {spent}."), null);
        Inputs inputs = check.Recording is not null
            ? ReferenceRecording.InputsOf(submission.Exercise.Slug, check.Name)
            : Inputs.For(secret, submission.Student, submission.Exercise.Slug, submission.Exercise.Version.ToString(), submission.Hash(), check.Name);
        CheckRun run = new(inputs, code.Make, ReferenceSource.For(check), tells: tellsSteps && check.IsPublic);
        string Where() => run.Where is string where ? $"{where}: " : "";
        try
        {
            check.Check.RunOn(code.Make(), run);
            code.EndCheck();
            if (run.Comparisons == 0)
                throw new GraderBrokeException($"the check '{check.Name}' compared nothing");
            return (Earned(check, run, Where()), null);
        }
        catch (CheckFailedException parted)
        {
            code.EndCheckQuietly();
            return (Lost(check, CheckOutcome.WrongAnswer, $"{Where()}{parted.Message}.", check.Check.Hint) with { Steps = run.Played }, null);
        }
        catch (StudentFault fault)
        {
            run.TellFault($"your code {fault.Message}");
            CheckOutcome outcome = fault.Kind is FaultKind.OutOfLimits or FaultKind.NoAnswer ? CheckOutcome.RanOutOfLimits : CheckOutcome.SubmissionFailed;
            return (Lost(check, outcome, $"{Where()}your code {fault.Message}.", check.Check.Hint) with { Steps = run.Played }, fault.Kind);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            code.Discard();
            return (Lost(check, CheckOutcome.GraderBroke, $"The grader broke, not your code: {PlainText.Line(broken.Message, 300)}."), null);
        }
    }

    /// <summary>A check that ran to its end: all of its points, or the part that it gave.</summary>
    private static CheckReport Earned(ExerciseCheck check, CheckRun run, string where)
    {
        int points = check.Points * run.Part.Earned / run.Part.Of;
        CheckReport report = points == check.Points
            ? new(check.Name, points, check.Points, CheckOutcome.Passed, run.Figures.Count == 0 ? "As expected." : $"As expected: {string.Join(", ", run.Figures)}.", null)
            : Lost(check, CheckOutcome.WrongAnswer, $"{where}{run.Part.Otherwise}", check.Check.Hint) with { Points = points, Steps = run.Played };
        return run.Figures.Count == 0 ? report : report with { Figures = [.. run.Figures] };
    }

    private static CheckReport Lost(ExerciseCheck check, CheckOutcome outcome, string reason, string? hint = null) =>
        new(check.Name, 0, check.Points, outcome, Sentence(reason), hint);

    /// <summary>A capital to begin with and one full stop at the end.</summary>
    private static string Sentence(string text) => (BeginsWithWord(text) ? char.ToUpperInvariant(text[0]) : text[0]) + text[1..].TrimEnd('.') + ".";

    private static string Clause(string sentence) => (BeginsWithWord(sentence) ? char.ToLowerInvariant(sentence[0]) : sentence[0]) + sentence[1..];

    /// <summary>A symbol keeps its case: k is not K, and S not s.</summary>
    private static bool BeginsWithWord(string text) => text.Length > 1 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetterLower(text[1]);

    private static SubmissionReport Failed(Submission submission, ImmutableArray<ExerciseCheck> checks, string summary, ImmutableArray<CompileError> errors) =>
        new(submission.Student, submission.Exercise.Slug, 0, checks.Sum(c => c.Points), Verdict.SubmissionFailed, summary, submission.Hash(),
            [.. checks.Select(c => Lost(c, CheckOutcome.SubmissionFailed, $"Not run: {Clause(summary)}"))], errors)
        {
            Notes = submission.Notes,
        };

    private static SubmissionReport Report(Submission submission, ImmutableArray<CheckReport> checks)
    {
        bool Any(CheckOutcome outcome) => checks.Any(c => c.Outcome == outcome);
        Verdict verdict = Any(CheckOutcome.GraderBroke) ? Verdict.GraderBroke
            : Any(CheckOutcome.RanOutOfLimits) ? Verdict.RanOutOfLimits
            : Any(CheckOutcome.SubmissionFailed) ? Verdict.SubmissionFailed
            : Verdict.Graded;
        int passed = checks.Count(c => c.Outcome == CheckOutcome.Passed);
        CheckReport? telling = passed == checks.Length ? null : Telling(checks, verdict);
        string summary = telling is null ? "All checks passed." : $"{passed} of {checks.Length} checks passed. In '{telling.Name}': {Clause(telling.Reason)}";
        return new SubmissionReport(submission.Student, submission.Exercise.Slug, checks.Sum(c => c.Points), checks.Sum(c => c.Max), verdict, summary, submission.Hash(), checks, []);
    }

    /// <summary>The first check that shows what the verdict says.</summary>
    private static CheckReport Telling(ImmutableArray<CheckReport> checks, Verdict verdict) =>
        checks.FirstOrDefault(c => c.Outcome.ToString() == verdict.ToString()) ?? checks.First(c => c.Outcome != CheckOutcome.Passed);
}
