using System.CommandLine;
using EsxCourse.Cli.Exercises;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise release</c>: the students' copy of the course.</summary>
internal static class ExerciseReleaseCommand
{
    public static Command Create()
    {
        Option<string> to = new("--out") { Description = "The folder to write; must be new or empty.", HelpName = "DIR", Required = true };
        Command command = new("release", "Write the students' copy of the course: library, lectures, exercises and practice quizzes, without any answer.") { to };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(to);
            ExerciseCatalog catalog = CourseExercises.Load();
            StudentTree.Write(KitRoot.Find(), catalog, folder);
            Console.WriteLine($"Written to {Path.GetFullPath(folder)}: {catalog.Exercises.Length} exercises with the checks that are public. README.md there tells students how to begin.");
            return CommandLine.Done;
        });
        return command;
    }
}
