using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Gradescope;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise gradescope</c>: packs an exercise as an autograder that Gradescope runs.</summary>
internal static class ExerciseGradescopeCommand
{
    public static Command Create()
    {
        Argument<string> slug = new("SLUG") { Description = "The exercise." };
        Option<FileInfo> output = new("--out") { Description = "The archive to write. It holds the answers and a secret: give it to Gradescope and to nobody else.", HelpName = "FILE.zip", Required = true };
        Option<string?> secret = new("--secret") { Description = "File with the secret from which hidden inputs are drawn. Otherwise the archive gets a new one of its own.", HelpName = "FILE" };
        Command command = new("gradescope", "Pack an exercise as an autograder for Gradescope.") { slug, output, secret };
        command.SetAction(parsed =>
        {
            Exercise exercise = CourseExercises.Load().Find(parsed.GetRequiredValue(slug));
            FileInfo file = parsed.GetRequiredValue(output);
            if (file.Extension != ".zip")
                throw new BadInputException("--out", $"'{file.Name}' is no .zip", "name the archive FILE.zip, which is what Gradescope takes");
            GradescopePackage.Write(exercise, file.FullName, parsed.GetValue(secret) is string named ? CourseSecret.Read(named) : GradingOptions.NewSecret());
            file.Refresh();
            Console.WriteLine($"{file.FullName} ({file.Length / 1e6:0.#} MB) grades {exercise.Slug}, {exercise.MaxPoints} points.");
            Console.WriteLine("It holds the answers and a secret: upload it to Gradescope (Configure Autograder) and give it to nobody else.");
            return CommandLine.Done;
        });
        return command;
    }
}
