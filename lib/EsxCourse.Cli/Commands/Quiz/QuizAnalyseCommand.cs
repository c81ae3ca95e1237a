using System.CommandLine;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz analyse</c>: item analysis after a class.</summary>
internal static class QuizAnalyseCommand
{
    public static Command Create()
    {
        Argument<string> name = QuizInput.Quiz();
        Argument<string> folder = new("answers") { Description = "A folder of answer files (*.yaml), one a student, as 'esx quiz take --out' writes them." };
        Option<string?> page = new("--html") { Description = "Write a page with charts to this file.", HelpName = "FILE" };
        Option<bool> json = QuizInput.Json();
        Command command = new("analyse", "Say of each question how hard it was for a class, whether it told good students from weak ones, and what was answered.") { name, folder, page, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<QuizScore> scores = [.. QuizInput.Sheets(parsed.GetRequiredValue(name), parsed.GetRequiredValue(folder), null).Select(sheet => sheet.Score)];
            IReadOnlyList<ItemStatistics> items = ItemAnalysis.Of(scores);
            if (parsed.GetValue(page) is { } file)
                QuizOutput.Put(AnalysisHtml.Write(scores[0].Quiz.Title, scores.Count, items), file);
            if (parsed.GetValue(json))
            {
                JsonOutput.Print(items);
                return CommandLine.Done;
            }

            Console.WriteLine($"{"question",-28} {"answered",8} {"earned",7} {"discriminates",13}  answered most");
            foreach (ItemStatistics item in items)
                Console.WriteLine($"{item.Id,-28} {item.Answered,8} {item.MeanFraction * 100,5:0} % {(item.Discrimination is { } told ? $"{told:0.00}" : "-"),13}  {string.Join("; ", item.Chosen.Take(3).Select(chosen => $"{chosen.Value} x {chosen.Key}"))}");
            return CommandLine.Done;
        });
        return command;
    }
}
