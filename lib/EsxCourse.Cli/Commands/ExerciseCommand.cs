using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using EsxCourse.Contracts;
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
        Option<int> seeds = new("--seeds") { Description = "With how many sets of inputs.", DefaultValueFactory = _ => 10 };
        Option<int> jobs = new("--jobs") { Description = "How many solutions are graded at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Command command = new("verify", "Prove the checks: the reference earns everything, the stub nothing, every mutant loses a check, no check is idle.") { slug, seeds, jobs };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(seeds) < 1)
                throw new BadInputException("--seeds", $"{parsed.GetValue(seeds)} is below 1", "give at least one");
            ExerciseCatalog catalog = CourseExercises.Load();
            Exercise[] chosen = parsed.GetValue(slug) is string name ? [catalog.Find(name)] : [.. catalog.Exercises];
            ImmutableArray<ExerciseProof> proofs = [];
            await ProgressDisplay.RunAsync(async display =>
            {
                Rounds rounds = new(display, parsed.GetValue(seeds), chosen.Sum(e => e.MutantPaths.Count + 2));
                proofs = await ExerciseProof.RunAsync(catalog, chosen, parsed.GetValue(seeds), parsed.GetValue(jobs), rounds, cancellation);
            });
            foreach ((ExerciseProof proof, Exercise exercise) in proofs.Zip(chosen))
                Show(proof, exercise);
            return proofs.All(p => p.Faults.IsEmpty && p.Idle.IsEmpty) ? CommandLine.Done : CommandLine.WorkFailed;
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

    private static void Show(ExerciseProof proof, Exercise exercise)
    {
        Table mutants = new Table().Border(TableBorder.Rounded).Title(proof.Exercise).AddColumns("mutant", "always loses");
        foreach ((string mutant, ImmutableArray<string> lost) in proof.Lost)
            mutants.AddRow(mutant, lost.IsEmpty ? "(not always the same check)" : Markup.Escape(string.Join(", ", lost)));
        Table checks = new Table().Border(TableBorder.Rounded).AddColumns("check", "points", "alone catches");
        foreach (ExerciseCheck check in exercise.Checks)
            checks.AddRow(Markup.Escape(check.Name), $"{check.Points}", Markup.Escape(proof.Alone[check.Name].IsEmpty ? $"stands because {check.Why ?? "?"}" : string.Join(", ", proof.Alone[check.Name])));
        AnsiConsole.Write(mutants);
        AnsiConsole.Write(checks);
        foreach (string fault in proof.Faults)
            Console.Out.WriteLine($"FAULT: {fault}");
        foreach (string idle in proof.Idle)
            Console.Out.WriteLine($"IDLE: no mutant is caught by '{idle}' alone: write one, or say in exercise.yaml why the check stands.");
        Console.Out.WriteLine(proof.Faults.IsEmpty && proof.Idle.IsEmpty
            ? $"Proved with {proof.Solutions} graded solutions: the reference earns everything, the stub nothing, no mutant survives."
            : "Not proved.");
    }

    /// <summary>One item of progress for each seed's worth of solutions.</summary>
    private sealed class Rounds(ProgressDisplay display, int seeds, int solutions) : IProgress<GradingProgress>
    {
        private readonly IStage stage = display.Stage("proving", seeds);

        public void Report(GradingProgress value)
        {
            if (value.Done % solutions == 0)
                stage.Step($"{value.Done} of {value.Total} solutions graded");
        }
    }
}
