using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>Before the lecturer shows the solution, nothing that the server sends holds a piece of it: no page, no answer to a student, none to the lecturer.</summary>
public sealed class SecrecyTests
{
    private static readonly string[] Assets = ["", "student.js", "lecturer", "lecturer.js", "quiz.css"];

    [Fact]
    public async Task The_pages_sources_hold_nothing_of_a_quiz()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.WholeBank);
        Client visitor = new(room);
        foreach (string asset in Assets)
            Assert.Equal(200, (await visitor.GetAsync(asset)).Status);
        Assert.Empty(Leaks(room, [.. Secrets(Classroom.WholeBank), .. Classroom.WholeBank.Items.Select(item => item.Ask)]));
    }

    [Fact]
    public async Task No_response_to_a_student_holds_a_piece_of_the_solution_while_the_quiz_runs()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.WholeBank);
        Client ann = await TakeAsync(room);
        Assert.Equal(403, (await ann.GetAsync("api/solution")).Status);
        Assert.Equal(200, (await ann.PostAsync("api/attempts/1/hand-in")).Status);
        await ann.GetAsync("api/paper");
        Assert.Equal(403, (await ann.GetAsync("api/solution")).Status);
        Assert.Empty(Leaks(room, Secrets(PaperOf(room))));
    }

    [Fact]
    public async Task A_paper_has_no_property_in_which_a_key_could_travel()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.WholeBank);
        Client ann = await TakeAsync(room);
        string[] properties = [.. (await ann.GetAsync("api/paper")).Json.GetProperty("questions").EnumerateArray().SelectMany(question => question.EnumerateObject()).Select(property => property.Name).Distinct()];
        Assert.Equal(["id", "type", "ask", "form", "points", "picture", "options", "lefts", "gaps"], properties);
    }

    [Fact]
    public async Task The_lecturers_live_page_does_not_say_what_is_right_for_it_may_stand_on_the_projector()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.WholeBank);
        await TakeAsync(room);
        Client lecturer = await room.LecturerAsync();
        Assert.Equal(200, (await lecturer.GetAsync("lecturer/class")).Status);
        Assert.Equal(403, (await lecturer.GetAsync("lecturer/solution")).Status);
        Assert.Equal(200, (await lecturer.PostAsync("lecturer/close")).Status);
        await lecturer.GetAsync("lecturer/class");
        Assert.Equal(403, (await lecturer.GetAsync("lecturer/solution")).Status);
        Assert.Empty(Leaks(room, Secrets(PaperOf(room))));
    }

    [Fact]
    public async Task The_solution_cannot_be_shown_while_an_answer_may_still_come_in()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2"), lecturer = await room.LecturerAsync();
        Assert.Equal(400, (await lecturer.PostAsync("lecturer/show")).Status);
        await lecturer.PostAsync("lecturer/close");
        Assert.Equal(200, (await ann.SaveAsync("q1", 0, "the last words")).Status);
        Assert.Equal("still-taking", (await lecturer.PostAsync("lecturer/show")).Json.GetProperty("error").GetString());
        room.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(200, (await lecturer.PostAsync("lecturer/show")).Status);
        Assert.Equal(410, (await ann.SaveAsync("q1", 1, "now I know better")).Status);
    }

    // Shows that the tests above can fail: the same search finds every explanation once the solution is shown.
    [Fact]
    public async Task After_it_is_shown_student_and_lecturer_see_the_explanations()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2"), lecturer = await room.LecturerAsync();
        await ann.SaveAsync("q1", 0, "The host pages out a page and the guest picks the same page again.");
        await room.CloseAndShowAsync(lecturer);
        string[] explanations = [.. room.Options.Quiz.Items.Take(2).Select(item => System.Net.WebUtility.HtmlEncode(item.Explanation))];
        Assert.All(explanations, explanation => Assert.Contains(explanation, ann.GetAsync("api/solution").Result.Json.GetProperty("html").GetString()!, StringComparison.Ordinal));
        string shown = (await lecturer.GetAsync("lecturer/solution")).Json.GetProperty("html").GetString()!;
        Assert.All(explanations, explanation => Assert.Contains(explanation, shown, StringComparison.Ordinal));
        Assert.NotEmpty(Leaks(room, Secrets(room.Options.Quiz)));
    }

    /// <summary>A student who does everything that a page can do, also the wrong way.</summary>
    private static async Task<Client> TakeAsync(Classroom room)
    {
        Client ann = await room.JoinAsync("ann");
        await ann.PostAsync("api/attempts/1");
        await ann.GetAsync("api/state");
        Reply paper = await ann.GetAsync("api/paper");
        foreach (string question in paper.Json.GetProperty("questions").EnumerateArray().Select(question => question.GetProperty("id").GetString()!).Take(20))
        {
            await ann.SaveAsync(question, 0, "a");
            await ann.SaveAsync(question, 0, "b");
        }

        await ann.SaveAsync("q9999", 0, "a");
        await ann.PutAsync("api/attempts/1/pick", new { questions = new[] { "q1" } });
        await ann.PutAsync("api/attempts/1/answers/q1", new { wrong = true });
        await ann.PostAsync("api/attempts/2");
        await ann.GetAsync("api/nothing");
        return ann;
    }

    // What the student's own paper is made of: every student has other numbers and orders, so the secrets are those of this seed.
    private static QuizFile PaperOf(Classroom room) => room.Options.Quiz.Vary(long.Parse(Kept.Query(room, "SELECT seed FROM attempt").Single()));

    private static string[] Leaks(Classroom room, IEnumerable<string> secrets)
    {
        string all = string.Join('\n', room.Bodies);
        return [.. secrets.Where(secret => all.Contains(secret, StringComparison.Ordinal))];
    }

    // Every sentence that only the solution has. A misconception's or a concept's short name may well be a word of a question; those of one word are left out.
    private static string[] Secrets(QuizFile paper)
    {
        string[] questions = [.. paper.Items.SelectMany(Shown)];
        return [.. paper.Items.SelectMany(Hidden).Where(secret => secret.Length > 12 && secret.Contains(' ', StringComparison.Ordinal)).Distinct().Where(secret => !questions.Any(shown => shown.Contains(secret, StringComparison.Ordinal)))];
    }

    private static IEnumerable<string> Shown(QuizItem item) =>
        [item.Ask, item.Picture ?? "", item.Form, .. item is ChoiceItem choice ? choice.Options.Select(option => option.Text) : item is MatchingItem pairs ? pairs.Rights.Concat(pairs.Pairs.Select(pair => pair.Left)) : item is OrderingItem order ? order.Steps : []];

    private static IEnumerable<string> Hidden(QuizItem item) => item switch
    {
        ChoiceItem choice => choice.Options.SelectMany(option => new[] { option.Why, option.Mistake ?? "" }),
        NumericItem numeric => numeric.Traps.SelectMany(trap => new[] { trap.Why, trap.Mistake }),
        MatchingItem matching => matching.Pairs.Select(pair => pair.Why),
        FillInItem fillIn => fillIn.Blanks.Select(blank => blank.Why),
        FreeTextItem freeText => freeText.Rubric.Concepts.Concat(freeText.Rubric.Mistakes).Select(concept => concept.Says).Append(freeText.ModelAnswer),
        _ => [],
    } is var own ? own.Append(item.Explanation).Concat(item.Worked).Concat(item.Cites.Select(cite => cite.Text)) : [];
}
