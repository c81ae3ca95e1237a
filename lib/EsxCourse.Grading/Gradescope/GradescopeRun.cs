using System.Reflection;
using EsxCourse.Contracts;
using EsxCourse.Gradebook;
using EsxCourse.Gradebook.Export;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Records;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Gradescope;

// One submission in Gradescope's container:
//
//   /autograder/source/           what `esx exercise gradescope` packed: kit/ exercises/ secret        root's alone
//   /autograder/submission/       what the student handed in                                            root's alone
//   /autograder/submission_metadata.json
//   /autograder/results/results.json    what comes out
//
// The submission runs in namespaces where they can be made (bubblewrap); else under an account of its own that may not even enter /autograder,
// with the same limits and the same system calls. If neither holds, nothing is run.
//
// Always: a valid results.json. Whatever goes wrong gives 0 points and a sentence; run_autograder has written one before this begins.

/// <summary>Grades what Gradescope hands over: <c>dotnet EsxCourse.Grading.dll --gradescope /autograder</c>.</summary>
public static class GradescopeRun
{
    /// <summary>Name of the file with the secret, in the folder <c>source</c>.</summary>
    internal const string Secret = "secret";

    private const string Checks = "EsxCourse.Exercises";

    /// <summary>Grades and writes the result.</summary>
    /// <param name="autograder">The folder that Gradescope calls <c>/autograder</c>.</param>
    /// <param name="checks">The assembly with the exercise's checks; null for the one beside this.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task RunAsync(string autograder, Assembly? checks = null, CancellationToken cancellation = default)
    {
        string results;
        try
        {
            results = await GradeAsync(autograder, checks ?? Assembly.Load(Checks), cancellation);
        }
        catch (BadInputException bad)
        {
            Console.WriteLine(bad.Message);
            results = GradescopeExport.Refusal("The autograder could not grade this. This is no verdict on your work: tell your instructor.");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            Console.WriteLine(broken);
            results = GradescopeExport.Refusal("The autograder failed. This is no verdict on your work: tell your instructor.");
        }

        string path = Path.Combine(autograder, "results", "results.json"), half = $"{path}.part";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(half, results, CancellationToken.None);
        File.Move(half, path, overwrite: true);
    }

    private static async Task<string> GradeAsync(string autograder, Assembly checks, CancellationToken cancellation)
    {
        string source = Path.Combine(autograder, "source");
        ExerciseCatalog catalog = ExerciseCatalog.Load(Path.Combine(source, "exercises"), checks);
        Exercise exercise = catalog.Exercises[0];
        SubmissionMetadata metadata = SubmissionMetadata.Read(Path.Combine(autograder, "submission_metadata.json"));
        Submission submission = SubmissionFolder.ReadUpload(Path.Combine(autograder, "submission"), metadata.Student, catalog);
        GradingOptions options = new()
        {
            Secret = CourseSecret.Read(Path.Combine(source, Secret)),
            Jobs = 1,
            HiddenFromAccounts = [autograder, AppContext.BaseDirectory],
        };
        Console.WriteLine($"{exercise.Slug}, version {exercise.Version}. Namespaces can{(SandboxTools.MakesNamespaces() ? "" : "not")} be made here.");
        ClassReport report = await new ClassGrader(catalog, options).GradeAsync([submission], progress: null, cancellation);
        Console.WriteLine($"{report.Submissions[0].Verdict}: {report.Submissions[0].Summary}");
        return GradescopeExport.Json(Score(report.Submissions[0], exercise, metadata), "visible");
    }

    /// <summary>The score as a gradebook would have it: lateness is said and costs nothing here, since Gradescope keeps the due dates and their price.</summary>
    private static AssignmentScore Score(SubmissionReport report, Exercise exercise, SubmissionMetadata metadata)
    {
        DateTimeOffset handedIn = metadata.HandedIn ?? DateTimeOffset.UnixEpoch;
        RecordedResult result = new(RecordedReport.ToResult(report, exercise, took: null), 1, handedIn);
        RecordedAttempt attempt = new(new Attempt(report.Student, exercise.Slug, report.Hash, handedIn), [result]);
        Assignment assignment = new(exercise.Slug, exercise.Title, AssignmentKind.Exercise, exercise.Version, exercise.MaxPoints);
        return AssignmentScore.Of(assignment, [attempt], [], new AssignmentRule(), metadata.Due, freeDays: 0);
    }
}
