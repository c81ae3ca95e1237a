using System.Diagnostics;
using System.Text.Json;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Exchange;

namespace EsxCourse.Quiz.Tests.Exchange;

/// <summary>Our GIFT in a parser that we did not write (gift-pegjs, under node).</summary>
public sealed class GiftParserTests
{
    [Theory]
    [MemberData(nameof(ExchangeTests.Topics), MemberType = typeof(ExchangeTests))]
    public async Task Every_question_is_found_with_its_type(string topic)
    {
        QuizFile quiz = QuizBank.Load(Quizzes.Folder).Find(topic).Vary(5);
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, GiftWriter.Write(quiz), TestContext.Current.CancellationToken);
            string[][] found = JsonSerializer.Deserialize<string[][]>(await ParseAsync(file))!;
            Assert.Equal(quiz.Items.SelectMany(Expected), found.Select(one => (one[0], one[1])));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<(string, string)> Expected(QuizItem item) => item switch
    {
        ChoiceItem => [("MC", item.Id)],
        NumericItem => [("Numerical", item.Id)],
        MatchingItem or OrderingItem => [("Matching", item.Id)],
        FillInItem { Blanks.Count: 1 } => [("Short", item.Id)],
        FillInItem fillIn => fillIn.Blanks.Select((_, gap) => ("Short", $"{item.Id}-{gap + 1}")),
        _ => [("Essay", item.Id)],
    };

    private static async Task<string> ParseAsync(string file)
    {
        RequiredTool.Need("node");
        ProcessStartInfo start = new("node", [Path.Combine(AppContext.BaseDirectory, "gift-pegjs", "parse.cjs"), file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return await output;
    }
}
