using System.Collections.Immutable;
using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using Spectre.Console;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise verify</c>: the teacher's proof that the checks catch what they should.</summary>
internal static class ExerciseVerifyCommand
{
    public static Command Create()
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
