using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>What the lecturer sees while the quiz runs, and after it.</summary>
public sealed class LiveClassTests
{
    private static readonly string[] Logins = ["ann", "bob", "cem", "dao"];

    [Fact]
    public async Task The_histogram_counts_an_option_by_what_it_says_though_each_student_has_another_order()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Choices);
        await AnswerAsync(room, "ann", right: true);
        await AnswerAsync(room, "bob", right: true);
        await AnswerAsync(room, "cem", right: true);
        await AnswerAsync(room, "dao", right: false);
        ChoiceItem item = (ChoiceItem)Choices.Items[0];
        JsonElement question = (await (await room.LecturerAsync()).GetAsync("lecturer/class")).Json.GetProperty("questions")[0];
        Dictionary<string, int> bars = question.GetProperty("bars").EnumerateArray().ToDictionary(bar => bar.GetProperty("label").GetString()!, bar => bar.GetProperty("count").GetInt32());
        Assert.Equal(item.Options.Select(option => option.Text).Order(StringComparer.Ordinal), bars.Keys);
        Assert.Equal(3, bars[item.Options.Single(option => option.Right).Text]);
        Assert.Equal(1, bars.Where(bar => bar.Key != item.Options.Single(option => option.Right).Text).Sum(bar => bar.Value));
    }

    [Fact]
    public async Task Each_students_letters_differ_so_that_the_counting_above_means_something()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Choices);
        foreach (string login in Logins)
            await AnswerAsync(room, login, right: true);
        Assert.NotEqual(1, Kept.Query(room, "SELECT DISTINCT text FROM answer").Length);
    }

    [Fact]
    public async Task The_list_says_who_is_in_how_far_and_whether_the_page_was_heard_of()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        await ann.SaveAsync("q1", 0, "x");
        await room.JoinAsync("bob");
        Client lecturer = await room.LecturerAsync();
        room.Clock.Advance(TimeSpan.FromSeconds(20));
        await ann.GetAsync("api/state");
        JsonElement seats = (await lecturer.GetAsync("lecturer/class")).Json.GetProperty("seats");
        Assert.Equal(["ann True 1 of 2", "bob False 0 of 0"], seats.EnumerateArray().Select(seat => $"{seat.GetProperty("login").GetString()} {seat.GetProperty("here").GetBoolean()} {seat.GetProperty("answered").GetInt32()} of {seat.GetProperty("of").GetInt32()}"));
    }

    [Fact]
    public async Task The_solution_counts_the_class_and_names_nobody()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Choices);
        await AnswerAsync(room, "ann-login", right: true);
        await AnswerAsync(room, "bob-login", right: false);
        Client lecturer = await room.LecturerAsync();
        await room.CloseAndShowAsync(lecturer);
        string html = (await lecturer.GetAsync("lecturer/solution")).Json.GetProperty("html").GetString()!;
        Assert.Contains("2 papers, on average 0.5 of 1 points.", html, StringComparison.Ordinal);
        Assert.Contains("1 of 2", html, StringComparison.Ordinal);
        Assert.DoesNotContain("-login", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_student_sees_their_own_paper_in_the_solution_and_no_other()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2"), bob = await room.JoinAsync("bob", "q1", "q2");
        await ann.SaveAsync("q1", 0, "written by ann");
        await bob.SaveAsync("q1", 0, "written by bob");
        await room.CloseAndShowAsync(await room.LecturerAsync());
        string html = (await ann.GetAsync("api/solution")).Json.GetProperty("html").GetString()!;
        Assert.Contains("written by ann", html, StringComparison.Ordinal);
        Assert.DoesNotContain("written by bob", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Papers_that_are_worth_different_points_do_not_go_into_one_column_of_a_gradebook()
    {
        using TemporaryFolder folder = new();
        string[] lines = File.ReadAllLines(Classroom.Bank.Find("ballooning").Path);
        int second = lines.Index().Where(line => line.Item.StartsWith("- id: ", StringComparison.Ordinal)).ElementAt(1).Index;
        folder.Write("bank/mixed.yaml", string.Join('\n', [.. lines[..second], lines[second], "  points: 3", .. lines[(second + 1)..]]));
        folder.Write("bank/drawing.yaml", "title: One of them\ndraw:\n- {topic: mixed, count: 1}\n");
        QuizBank bank = QuizBank.Load(folder.File("bank"));
        QuizServerOptions options = new() { Quiz = bank.Find("drawing"), Bank = bank, Database = folder.File("room.db"), Gradebook = folder.File("grades.db"), Address = System.Net.IPAddress.Loopback };
        BadInputException bad = await Assert.ThrowsAsync<BadInputException>(() => QuizServer.StartAsync(options, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains("worth 1 to 3 points", bad.Message, StringComparison.Ordinal);
    }

    private static QuizFile Choices
    {
        get
        {
            QuizItem choice = Classroom.Bank.Quizzes.SelectMany(quiz => quiz.Items).OfType<ChoiceItem>().First(item => !item.Several);
            return Classroom.FauxQuiz with { Pick = 1, Items = [choice] };
        }
    }

    private static async Task AnswerAsync(Classroom room, string login, bool right)
    {
        Client student = await room.JoinAsync(login);
        await student.PostAsync("api/attempts/1");
        string[] texts = [.. (await student.GetAsync("api/paper")).Json.GetProperty("questions")[0].GetProperty("options").EnumerateArray().Select(option => option.GetString()!)];
        string wanted = ((ChoiceItem)Choices.Items[0]).Options.First(option => option.Right == right).Text;
        Assert.Equal(200, (await student.SaveAsync("q1", 0, ChoiceItem.Letter(Array.IndexOf(texts, wanted)))).Status);
    }
}
