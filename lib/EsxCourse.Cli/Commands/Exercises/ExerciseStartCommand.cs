using System.CommandLine;
using EsxCourse.Cli.Exercises;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise start</c>: a folder to work in.</summary>
internal static class ExerciseStartCommand
{
    public static Command Create()
    {
        Argument<string> slug = new("SLUG") { Description = "The exercise, for example idle-memory-tax (see 'esx exercise list')." };
        Option<string?> to = new("--out") { Description = "The folder; made if it is not there. Otherwise one of the exercise's name, here.", HelpName = "DIR" };
        Command command = new("start", "Lay out a folder to work in: statement, stub, contract, and a project that builds and checks with dotnet alone.") { slug, to };
        command.SetAction(parsed =>
        {
            Exercise exercise = CourseExercises.Load().Find(parsed.GetRequiredValue(slug));
            string folder = parsed.GetValue(to) ?? WorkingFolder.UsualPlace(exercise);
            new WorkingFolder(exercise).Write(folder);
            Console.WriteLine($"Your folder: {Path.GetFullPath(folder)}");
            Console.WriteLine($"Read README.md and edit {exercise.StubFile}, in any editor; 'dotnet run' there builds it and runs the checks that you have.");
            return CommandLine.Done;
        });
        return command;
    }
}
