using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;
using Spectre.Console;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise</c>: the students' side (list, check) and the teacher's (verify).</summary>
internal static class ExerciseCommand
{
    public static Command Create() => new("exercise", "List exercises, check a solution, prove the checks.") { List(), Check(), Verify() };

    private static Command List()
    {
        Command command = new("list", "The exercises of the course.");
        command.SetAction(_ =>
        {
            Table table = new Table().Border(TableBorder.Rounded).AddColumns("exercise", "title", "points", "checks you have", "hidden");
            foreach (Exercise e in CourseExercises.Load().Exercises)
                table.AddRow(e.Slug, Markup.Escape(e.Title), $"{e.MaxPoints}", $"{e.Checks.Count(c => c.IsPublic)}", $"{e.Checks.Count(c => !c.IsPublic)}");
            AnsiConsole.Write(table);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Check()
    {
        Argument<string> path = new("PATH") { Description = "Your .cs file, or the folder it is in." };
        Option<string> exercise = new("--exercise") { Description = "Which exercise it answers; otherwise the contract that it implements tells." };
        Command command = new("check", "Run the public checks on your solution, in the sandbox.") { path, exercise };
        command.SetAction(async (parsed, cancellation) =>
        {
            ExerciseCatalog catalog = CourseExercises.Load();
            Exercise? only = parsed.GetValue(exercise) is string slug ? catalog.Find(slug) : null;
            IReadOnlyList<Submission> submissions = SubmissionFolder.ReadOne(parsed.GetRequiredValue(path), catalog, only);
            GradingOptions options = new() { Secret = SHA256.HashData("esx exercise check"u8), PublicChecksOnly = true };
            ClassReport report = await new ClassGrader(catalog, options).GradeAsync(submissions, progress: null, cancellation);
            foreach (SubmissionReport submission in report.Submissions)
                Show(submission);
            return report.Submissions.All(s => s.Points == s.Max) ? CommandLine.Done : CommandLine.WorkFailed;
        });
        return command;
    }

    private static Command Verify()
    {
        Argument<string?> slug = new("SLUG") { Description = "The exercise; all of them when left out.", Arity = ArgumentArity.ZeroOrOne };
        Option<int> seeds = new("--seeds") { Description = "With how many secrets, and so with how many sets of inputs.", DefaultValueFactory = _ => 3 };
        Command command = new("verify", "Prove the checks: the reference earns everything, the stub nothing, every mutant loses a check.") { slug, seeds };
        command.SetAction(async (parsed, cancellation) =>
        {
            ExerciseCatalog catalog = CourseExercises.Load();
            bool proved = true;
            foreach (Exercise exercise in parsed.GetValue(slug) is string name ? [catalog.Find(name)] : catalog.Exercises)
            {
                ExerciseProof proof = await ExerciseProof.RunAsync(catalog, exercise, parsed.GetValue(seeds), Environment.ProcessorCount, cancellation);
                Show(proof);
                proved &= proof.Faults.IsEmpty;
            }

            return proved ? CommandLine.Done : CommandLine.WorkFailed;
        });
        return command;
    }

    private static void Show(SubmissionReport submission)
    {
        Console.Out.WriteLine($"{submission.Exercise}: {submission.Points} of {submission.Max} points of the checks that you have.");
        foreach (CompileError error in submission.CompileErrors)
            Console.Out.WriteLine($"  {error}");
        if (!submission.CompileErrors.IsEmpty)
            return;
        foreach (CheckReport check in submission.Checks)
        {
            Console.Out.WriteLine($"  {check.Name}: {check.Points} of {check.Max}. {check.Reason}");
            if (check.Hint is string hint)
                Console.Out.WriteLine($"    Hint: {hint}");
        }
    }

    private static void Show(ExerciseProof proof)
    {
        StringBuilder text = new();
        text.AppendLine($"{proof.Exercise}: {proof.Solutions} solutions graded.");
        foreach ((string mutant, var lost) in proof.Lost)
            text.AppendLine($"  {mutant} loses {string.Join(", ", lost)}");
        foreach (string fault in proof.Faults)
            text.AppendLine($"  FAULT: {fault}");
        text.Append(proof.Faults.IsEmpty ? "  Proved: the reference earns everything, the stub nothing, every mutant is caught." : "  Not proved.");
        Console.Out.WriteLine(text.ToString());
    }
}
