using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Homework;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise homework</c>: exercises as notebooks with nbgrader's metadata, for students or, with the solution, for the teacher.</summary>
internal static class ExerciseHomeworkCommand
{
    public static Command Create()
    {
        Argument<string?> slug = new("SLUG") { Description = "The exercise; all of them when left out.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> to = new("--out") { Description = "Write into this folder; otherwise into the course's notebooks/homework.", HelpName = "DIR" };
        Option<bool> solution = new("--with-solution") { Description = "With the reference solution in the place of the stub, for the teacher (needs --out)." };
        Command command = new("homework", "Write exercises as homework notebooks, with nbgrader's metadata.") { slug, to, solution };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(solution) && parsed.GetValue(to) is null)
                throw new BadInputException("--with-solution", "would put the solution where students get their notebooks from", "add --out DIR");
            ExerciseCatalog catalog = CourseExercises.Load();
            Exercise[] chosen = parsed.GetValue(slug) is string name ? [catalog.Find(name)] : [.. catalog.Exercises];
            Write(chosen, parsed.GetValue(to) ?? Path.Combine(KitRoot.Find(), "notebooks", "homework"), parsed.GetValue(solution));
            return CommandLine.Done;
        });
        return command;
    }

    private static void Write(Exercise[] exercises, string folder, bool withSolution)
    {
        string kit = Path.GetRelativePath(folder, Path.Combine(KitRoot.Find(), "artifacts", "kit")).Replace('\\', '/');
        try
        {
            Directory.CreateDirectory(folder);
            foreach (Exercise exercise in exercises)
            {
                string path = Path.Combine(folder, $"{exercise.Slug}.ipynb");
                NotebookFile.Write(withSolution ? HomeworkNotebook.WithSolution(exercise, kit) : HomeworkNotebook.Release(exercise, kit), path);
                Console.Out.WriteLine(path);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(folder, $"cannot be written to ({refused.Message.TrimEnd('.')})", "name another folder", refused);
        }
    }
}
