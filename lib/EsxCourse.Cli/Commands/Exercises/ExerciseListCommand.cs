using System.CommandLine;
using EsxCourse.Grading.Exercises;
using Spectre.Console;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise list</c>: what there is to solve.</summary>
internal static class ExerciseListCommand
{
    public static Command Create()
    {
        Command command = new("list", "The exercises of the course.");
        command.SetAction(_ =>
        {
            // A students' copy does not know the hidden checks: the statement tells all points.
            string[] rest = KitRoot.IsStudentsCopy ? ["checks you have"] : ["points", "checks you have", "hidden"];
            Table table = new Table().Border(TableBorder.Rounded).AddColumns(["exercise", "title", .. rest]);
            foreach (Exercise e in CourseExercises.Load().Exercises)
            {
                string had = $"{e.Checks.Count(c => c.IsPublic)}";
                rest = KitRoot.IsStudentsCopy ? [had] : [$"{e.MaxPoints}", had, $"{e.Checks.Count(c => !c.IsPublic)}"];
                table.AddRow([e.Slug, Markup.Escape(e.Title), .. rest]);
            }

            AnsiConsole.Write(table);
            return CommandLine.Done;
        });
        return command;
    }
}
