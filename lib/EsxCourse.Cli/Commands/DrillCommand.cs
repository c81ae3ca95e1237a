using System.CommandLine;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx drill TOPIC</c>: one computed problem; <c>-c</c> shows the worked solution.</summary>
internal static class DrillCommand
{
    public static Command Create()
    {
        Argument<string> topic = new("topic") { Description = $"One of: {string.Join(", ", Drill.Topics)}." };
        Option<long> seed = new("--seed") { Description = "The same seed gives the same problem.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<bool> worked = new("--compute", "-c") { Description = "Show the worked solution, step by step, and what usual mistakes lead to." };
        Option<string?> answer = new("--answer") { Description = "Judge this answer.", HelpName = "ANSWER" };
        Option<bool> json = new("--json") { Description = "Print one JSON document and nothing else." };
        Command command = new("drill", "Draw a problem whose numbers come from a seed and whose answer is computed by the memory manager.") { topic, seed, worked, answer, json };
        command.SetAction(parsed =>
        {
            QuizItem item = Drill.Draw(parsed.GetRequiredValue(topic), parsed.GetValue(seed));
            QuestionScore? score = parsed.GetValue(answer) is { } given ? QuizScorer.Score(item, given) : null;
            if (parsed.GetValue(json))
                JsonOutput.Print(Document(item, parsed.GetValue(worked), score));
            else
                Show(item, parsed.GetValue(worked), score);
            return score is null || score.Points == score.Max ? CommandLine.Done : CommandLine.WorkFailed;
        });
        return command;
    }

    private static void Show(QuizItem item, bool worked, QuestionScore? score)
    {
        QuestionText.Write(item, Console.Out);
        Console.WriteLine($"  (answer: {item.Form})");
        if (score is not null)
        {
            Console.WriteLine();
            Console.WriteLine(score.Points == score.Max ? "Right." : "Not right.");
            foreach (string why in score.Feedback.Where(part => !part.Right && !worked).Select(part => part.Why).Concat(score.Remarks))
                Console.WriteLine($"  {why}");
        }

        if (!worked)
            return;
        Console.WriteLine();
        foreach (string step in item.Worked)
            Console.WriteLine($"  {step}");
        Console.WriteLine($"  => {item.Key}");
        Console.WriteLine();
        Console.WriteLine($"  {item.Explanation} ({string.Join("; ", item.Cites)})");
        if (item is NumericItem numeric)
            foreach (Trap trap in numeric.Traps)
                Console.WriteLine($"  not {numeric.Format(trap.Value)} ({trap.Mistake}): {trap.Why}");
    }

    private static object Document(QuizItem item, bool worked, QuestionScore? score) => new
    {
        template = item.Id,
        item.Ask,
        item.Picture,
        item.Form,
        answer = worked ? item.Key : null,
        worked = worked ? item.Worked : null,
        mistakes = worked && item is NumericItem numeric ? numeric.Traps : null,
        right = score is null ? (bool?)null : score.Points == score.Max,
        cites = item.Cites.Select(cite => cite.Text),
    };
}
