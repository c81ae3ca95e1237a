namespace EsxCourse.Quiz.Server.Tests;

/// <summary>The rules of taking a quiz, kept by the server whatever a browser claims: the clock, the attempts, the pick of k, the second device.</summary>
public sealed class TakingTests
{
    [Fact]
    public async Task Answers_are_taken_up_to_the_limit_and_the_grace_and_not_later()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        room.Clock.Advance(TimeSpan.FromSeconds(309));
        Assert.Equal(200, (await ann.SaveAsync("q1", 0, "in the grace")).Status);
        room.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(410, (await ann.SaveAsync("q1", 1, "too late")).Status);
        Assert.Equal("in the grace", await ann.KeptAsync("q1"));
    }

    [Fact]
    public async Task What_a_browser_says_about_the_time_is_not_believed()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        room.Clock.Advance(TimeSpan.FromMinutes(6));
        ann.Headers.Add("Date", "Tue, 01 Jan 2030 00:00:00 GMT");
        Assert.Equal(410, (await ann.PutAsync("api/attempts/1/answers/q1", new { @base = 0, text = "x", now = 0, elapsed = 1, secondsLeft = 300, startedAt = "2099-01-01T00:00:00Z" })).Status);
        Assert.Equal(0, (await ann.GetAsync("api/state")).Json.GetProperty("secondsLeft").GetDouble());
    }

    [Fact]
    public async Task Starting_again_or_on_another_device_does_not_start_the_clock_again()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        room.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(200, (await ann.PostAsync("api/attempts/1")).Status);
        Assert.Equal(60, (await ann.GetAsync("api/state")).Json.GetProperty("secondsLeft").GetDouble(), tolerance: 0.5);
    }

    [Fact]
    public async Task Each_student_has_a_clock_of_their_own()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        room.Clock.Advance(TimeSpan.FromMinutes(6));
        Client bob = await room.JoinAsync("bob", "q1", "q2");
        Assert.Equal(410, (await ann.SaveAsync("q1", 0, "x")).Status);
        Assert.Equal(200, (await bob.SaveAsync("q1", 0, "x")).Status);
    }

    [Theory]
    [InlineData("q1")]
    [InlineData("q1", "q2", "q3")]
    [InlineData("q1", "q1")]
    [InlineData]
    public async Task Neither_more_nor_fewer_than_k_can_be_picked(params string[] questions)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann");
        await ann.PostAsync("api/attempts/1");
        Assert.Equal(400, (await ann.PutAsync("api/attempts/1/pick", new { questions })).Status);
        Assert.Equal("not-picked", (await ann.SaveAsync("q1", 0, "x")).Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_third_question_cannot_be_answered_by_picking_anew()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        await ann.SaveAsync("q1", 0, "x");
        Assert.Equal(400, (await ann.PutAsync("api/attempts/1/pick", new { questions = new[] { "q3", "q4" } })).Status);
        Assert.Equal(409, (await ann.SaveAsync("q3", 0, "x")).Status);
        await ann.SaveAsync("q1", 1, "");
        Assert.Equal(200, (await ann.PutAsync("api/attempts/1/pick", new { questions = new[] { "q3", "q4" } })).Status);
    }

    [Fact]
    public async Task Nobody_sees_a_question_before_the_lecturer_opens_the_quiz()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, more: options => options with { OpenAtOnce = false });
        Client ann = await room.JoinAsync("ann"), lecturer = await room.LecturerAsync();
        Assert.Equal("not-open", (await ann.PostAsync("api/attempts/1")).Json.GetProperty("error").GetString());
        Assert.Empty((await ann.GetAsync("api/paper")).Json.GetProperty("questions").EnumerateArray());
        await lecturer.PostAsync("lecturer/open");
        Assert.Equal(200, (await ann.PostAsync("api/attempts/1")).Status);
    }

    [Fact]
    public async Task After_the_close_and_its_grace_nothing_is_taken_and_nobody_comes_in()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2"), lecturer = await room.LecturerAsync();
        await lecturer.PostAsync("lecturer/close");
        room.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(410, (await ann.SaveAsync("q1", 0, "x")).Status);
        Assert.Equal(410, (await new Client(room).PostAsync("api/join", new { code = Classroom.Code, login = "late", name = "late" })).Status);
    }

    [Fact]
    public async Task There_are_as_many_attempts_as_the_server_was_told_each_with_a_paper_of_its_own()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.Bank.Find("midterm"), options => options with { Bank = Classroom.Bank, Attempts = 2 });
        Client ann = await room.JoinAsync("ann");
        await ann.PostAsync("api/attempts/1");
        string first = (await ann.GetAsync("api/paper")).Json.GetProperty("questions").ToString();
        Assert.Equal("attempt-runs", (await ann.PostAsync("api/attempts/2")).Json.GetProperty("error").GetString());
        await ann.PostAsync("api/attempts/1/hand-in");
        Assert.Equal(200, (await ann.PostAsync("api/attempts/2")).Status);
        Assert.NotEqual(first, (await ann.GetAsync("api/paper")).Json.GetProperty("questions").ToString());
        Assert.Equal(410, (await ann.SaveAsync("q1", 0, "into the first", attempt: 1)).Status);
        await ann.PostAsync("api/attempts/2/hand-in");
        Assert.Equal("no-attempt-left", (await ann.PostAsync("api/attempts/3")).Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Two_students_have_two_papers_and_one_student_always_the_same()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.Bank.Find("midterm"), options => options with { Bank = Classroom.Bank });
        Client ann = await room.JoinAsync("ann"), bob = await room.JoinAsync("bob");
        await ann.PostAsync("api/attempts/1");
        await bob.PostAsync("api/attempts/1");
        string paper = (await ann.GetAsync("api/paper")).Json.GetProperty("questions").ToString();
        Assert.NotEqual(paper, (await bob.GetAsync("api/paper")).Json.GetProperty("questions").ToString());
        await room.RestartAsync();
        Assert.Equal(paper, (await ann.GetAsync("api/paper")).Json.GetProperty("questions").ToString());
    }

    [Fact]
    public async Task A_second_device_goes_on_with_the_same_paper_and_only_with_the_personal_code()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client phone = await room.JoinAsync("ann", "q1", "q2");
        await phone.SaveAsync("q1", 0, "typed on the phone");
        string personal = (await phone.GetAsync("api/paper")).Json.GetProperty("personal").GetString()!;

        Client laptop = new(room);
        Assert.Equal("taken", (await laptop.PostAsync("api/join", new { code = Classroom.Code, login = "ann", name = "x" })).Json.GetProperty("error").GetString());
        Assert.Equal("wrong-personal", (await laptop.PostAsync("api/join", new { code = Classroom.Code, login = "ann", name = "x", personal = "AAAAAAAA" })).Json.GetProperty("error").GetString());
        Assert.Null(laptop.Cookie);
        Assert.Equal(200, (await laptop.PostAsync("api/join", new { code = Classroom.Code, login = "ann", name = "x", personal = personal.ToLowerInvariant() })).Status);
        Assert.Equal("typed on the phone", await laptop.KeptAsync("q1"));
        // What one has changed, the other cannot overwrite unseen.
        Assert.Equal(200, (await laptop.SaveAsync("q1", 1, "and then on the laptop")).Status);
        Assert.Equal(409, (await phone.SaveAsync("q1", 1, "and on the phone")).Status);
    }

    [Fact]
    public async Task A_new_personal_code_shuts_the_lost_device_out()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client lost = await room.JoinAsync("ann", "q1", "q2"), lecturer = await room.LecturerAsync();
        await lost.SaveAsync("q1", 0, "before");
        string personal = (await lecturer.PostAsync("lecturer/students/1/code")).Json.GetProperty("code").GetString()!;
        Assert.Equal(401, (await lost.SaveAsync("q1", 1, "the finder writes")).Status);
        Client found = new(room);
        await found.PostAsync("api/join", new { code = Classroom.Code, login = "ann", name = "x", personal });
        Assert.Equal("before", await found.KeptAsync("q1"));
    }
}
