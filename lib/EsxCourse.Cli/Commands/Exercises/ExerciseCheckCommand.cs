using System.CommandLine;
using System.Security.Cryptography;
using EsxCourse.Cli.Exercises;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise check</c>: the checks that a student has, on the student's own solution.</summary>
/// <remarks>It runs in the sandbox as it will be graded; where there is none (another system than Linux), as a plain process, since it is one's own code.</remarks>
internal static class ExerciseCheckCommand
{
    /// <summary>How a student's own checks are run: always with the same inputs, so that a change shows.</summary>
    public static GradingOptions Options => new()
    {
        Secret = SHA256.HashData("esx exercise check"u8),
        PublicChecksOnly = true,
        Unsafe = WorkerSandbox.Missing() is not null,
    };

    public static Command Create()
    {
        Argument<string> path = new("PATH") { Description = "Your .cs file or notebook, or the folder it is in." };
        Option<string> exercise = new("--exercise") { Description = "Which exercise it answers; otherwise the contract that it implements tells." };
        Option<bool> json = new("--json") { Description = "Print one JSON document and nothing else." };
        Command command = new("check", "Run the public checks on your solution, and show where expectation and answer part.") { path, exercise, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            ExerciseCatalog catalog = CourseExercises.Load();
            Exercise? only = parsed.GetValue(exercise) is string slug ? catalog.Find(slug) : null;
            IReadOnlyList<Submission> submissions = SubmissionFolder.ReadOne(parsed.GetRequiredValue(path), catalog, only);
            ClassReport report = await new ClassGrader(catalog, Options).GradeAsync(submissions, progress: null, cancellation);
            if (parsed.GetValue(json))
                JsonOutput.Print(report.Submissions);
            else
                foreach (SubmissionReport submission in report.Submissions)
                    CheckText.Print(submission);
            return report.Submissions.All(s => s.Points == s.Max) ? CommandLine.Done : CommandLine.WorkFailed;
        });
        return command;
    }
}
