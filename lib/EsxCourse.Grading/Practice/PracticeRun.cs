using System.Collections.Immutable;
using System.Security.Cryptography;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Practice;

// The public checks on a class of this process: what a homework notebook runs. There is no sandbox around it and none would help, since the
// code has run in the student's own session already. That is for practice: grades come from sources that are compiled and locked in anew.
//
// A check runs on a thread of its own, so that an endless loop costs the check and not the session. The thread itself cannot be ended: it is
// left behind, and the report says so.

/// <summary>Runs an exercise's public checks on a class in this process, for practice.</summary>
public static class PracticeRun
{
    /// <summary>course choice: how many times the grader's waiting time a check may take here, where the machine may be busy.</summary>
    private const int Patience = 4;

    // Anybody may know it: practice is no grade.
    private static readonly byte[] Secret = SHA256.HashData("practice"u8);

    /// <summary>Runs them.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="make">Makes a new object of the class, which implements the exercise's contract.</param>
    /// <param name="check">The name of the one check to run; null for all public ones.</param>
    /// <returns>What became of each, in the exercise's order.</returns>
    /// <exception cref="BadInputException">There is no such public check, or the class does not implement the contract.</exception>
    public static ImmutableArray<CheckReport> Run(Exercise exercise, Func<object> make, string? check = null)
    {
        ExerciseCheck[] checks = [.. exercise.Checks.Where(c => c.IsPublic && (check is null || c.Name == check))];
        if (checks.Length == 0)
            throw new BadInputException($"{exercise.Slug}: {check}", "there is no such public check", $"name one of: {string.Join(", ", exercise.Checks.Where(c => c.IsPublic).Select(c => c.Name))}");
        Submission practice = new("practice", exercise, []);
        return [.. checks.Select(c => Run(c, practice, make))];
    }

    private static CheckReport Run(ExerciseCheck check, Submission practice, Func<object> make)
    {
        Exercise exercise = practice.Exercise;
        TimeSpan patience = Patience * TimeSpan.FromSeconds(exercise.Limits.CallSeconds);
        CheckReport? report = null;
        Thread thread = new(() => report = SubmissionGrader.Run(check, practice, new PracticeCode(make, exercise.Contract, exercise.Limits), Secret, tellsSteps: true).Report) { IsBackground = true, Name = check.Name };
        thread.Start();
        return thread.Join(patience) && report is not null
            ? report
            : new CheckReport(check.Name, 0, check.Points, CheckOutcome.RanOutOfLimits, $"Your code did not answer within {patience.TotalSeconds:0.###} s. It is still running: restart the kernel to be rid of it.", check.Check.Hint);
    }
}
