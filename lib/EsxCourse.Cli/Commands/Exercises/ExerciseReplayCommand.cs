using System.CommandLine;
using System.Text;
using EsxCourse.Cli.Exercises;
using EsxCourse.Contracts;
using EsxCourse.Exercises.Coordinator;
using EsxCourse.Gradebook.Report;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise replay</c>: a page that steps through what a student's policy did with a public workload, beside ESX's own.</summary>
/// <remarks>The run is the one that <c>esx exercise check</c> scores: the same sandbox, the same inputs.</remarks>
internal static class ExerciseReplayCommand
{
    public static Command Create()
    {
        Argument<string> path = new("PATH") { Description = "Your .cs file or notebook, or the folder it is in." };
        Option<string?> workload = new("--workload") { Description = "Which of the workloads that you have; otherwise the first.", HelpName = "NAME" };
        Option<FileInfo?> output = new("--out") { Description = "Write the page there; otherwise to replay.html here.", HelpName = "FILE.html" };
        Command command = new("replay", "Step through a run of your memory coordinator, second by second, beside ESX's own policy.") { path, workload, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            ExerciseCatalog catalog = CourseExercises.Load();
            Exercise exercise = catalog.Exercises.First(e => e.Contract == typeof(IMemoryCoordinator));
            ExerciseCheck check = Choose(exercise, parsed.GetValue(workload));
            ReplayCheck replay = new((WorkloadCheck)check.Check);
            Exercise played = exercise with { Checks = [check with { Check = replay }] };
            Submission[] submissions = [.. SubmissionFolder.ReadOne(parsed.GetRequiredValue(path), catalog, exercise).Select(s => s with { Exercise = played })];
            ClassReport report = await new ClassGrader(catalog, ExerciseCheckCommand.Options).GradeAsync(submissions, progress: null, cancellation);
            if (replay.Runs is not { } runs)
            {
                CheckText.Print(report.Submissions[0]);
                return CommandLine.WorkFailed;
            }

            FileInfo file = parsed.GetValue(output) ?? new FileInfo("replay.html");
            Write(file, ReplayPage.Of(check.Name, runs.Student, runs.Esx).ToSingleFile());
            Console.Out.WriteLine($"Replay of '{check.Name}': {file}");
            return CommandLine.Done;
        });
        return command;
    }

    private static ExerciseCheck Choose(Exercise exercise, string? workload)
    {
        ExerciseCheck[] open = [.. exercise.Checks.Where(c => c is { IsPublic: true, Check: WorkloadCheck })];
        return workload is null ? open[0] : open.FirstOrDefault(c => c.Name == workload)
            ?? throw new BadInputException("--workload", $"there is no public workload '{PlainText.OneLine(workload)}'", $"choose one of: {string.Join("; ", open.Select(c => c.Name))}");
    }

    private static void Write(FileInfo file, string page)
    {
        try
        {
            File.WriteAllText(file.FullName, page, new UTF8Encoding(false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file.ToString(), "cannot be written", "name a file in a folder that is there and that you may write", error);
        }
    }
}
