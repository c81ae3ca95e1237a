using System.CommandLine;
using EsxCourse.Gradebook;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Server.Filing;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz score</c>: points and reasons for answers from a file, or for a class from a folder; on demand into the gradebook.</summary>
internal static class QuizScoreCommand
{
    public static Command Create()
    {
        Argument<string> name = QuizInput.Quiz();
        Argument<string> answers = new("answers") { Description = "A YAML file: 'quiz: NAME' and 'answers:' with one 'ID: |' for each picked question. Or a folder of such files, one a student." };
        Option<long?> seed = QuizInput.Seed();
        Option<string?> place = new("--gradebook") { Description = "Bring the results into this gradebook (a file, or postgres://…). Free text waits there for 'esx quiz review'.", HelpName = "PLACE" };
        Option<string> course = new("--course") { Description = "The course in the gradebook.", HelpName = "NAME", DefaultValueFactory = _ => CourseGradebook.DefaultCourse };
        Option<bool> json = QuizInput.Json();
        Command command = new("score", "Score answers from a file, or those of a class from a folder.") { name, answers, seed, place, course, json };
        command.SetAction(async (parsed, stop) =>
        {
            string file = parsed.GetRequiredValue(answers);
            SheetFile[] sheets = [.. QuizInput.Sheets(parsed.GetRequiredValue(name), file, parsed.GetValue(seed))];
            if (!Directory.Exists(file))
                QuizOutput.Show(sheets[0].Score, parsed.GetValue(json));
            else if (parsed.GetValue(json))
                JsonOutput.Print(sheets.Select(sheet => new { file = Path.GetFileName(sheet.Path), sheet.Score.Student, sheet.Score.Points, sheet.Score.Max, sheet.Score.NeedsConfirmation }));
            else
                foreach (SheetFile sheet in sheets)
                    Console.WriteLine($"{sheet.Score.Student ?? Path.GetFileName(sheet.Path),-30} {sheet.Score.Points,6:0.##} of {sheet.Score.Max:0.##}{(sheet.Score.NeedsConfirmation ? "  to be confirmed" : "")}");
            if (parsed.GetValue(place) is { } gradebook)
                await FileAsync(gradebook, parsed.GetRequiredValue(course), sheets, stop);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task FileAsync(string place, string course, SheetFile[] sheets, CancellationToken stop)
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(place, course, stop);
        int recorded = 0;
        foreach (SheetFile sheet in sheets)
            recorded += await SheetFiling.FileAsync(gradebook, sheet.Score, sheet.Sheet, sheet.Path, stop) ? 1 : 0;
        Console.Error.WriteLine($"{recorded} {(recorded == 1 ? "paper" : "papers")} recorded in {place}{(recorded < sheets.Length ? $", {sheets.Length - recorded} were there already" : "")}.");
    }
}
