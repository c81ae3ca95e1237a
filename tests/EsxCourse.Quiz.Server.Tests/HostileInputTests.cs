using System.Text;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>SQL in a name, bodies too long, requests too many, characters that hide: taken as text or refused, and nothing else changes.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData("Robert'); DROP TABLE student;--")]
    [InlineData("\" OR 1=1; DELETE FROM answer; --")]
    [InlineData("$1")]
    [InlineData("';PRAGMA user_version=7;")]
    public async Task SQL_in_a_name_is_a_name(string name)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        await ann.SaveAsync("q1", 0, "mine");
        Client robert = new(room);
        Assert.Equal(200, (await robert.PostAsync("api/join", new { code = Classroom.Code, login = name, name })).Status);
        await robert.PostAsync("api/attempts/1");
        await robert.PutAsync("api/attempts/1/pick", new { questions = new[] { "q1", "q2" } });
        Assert.Equal(200, (await robert.SaveAsync("q1", 0, name)).Status);
        Assert.Equal(["ann", name], Kept.Query(room, "SELECT login FROM student ORDER BY number"));
        Assert.Equal(["Name of ann", name], Kept.Query(room, "SELECT name FROM student ORDER BY number"));
        Assert.Equal(["mine", name], Kept.Query(room, "SELECT text FROM answer ORDER BY student"));
        Assert.Equal(["1"], Kept.Query(room, "PRAGMA user_version"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("ann\u202Etxt.exe")]
    [InlineData("ann\u200B")]
    public async Task A_login_with_nothing_in_it_or_with_hidden_characters_is_refused(string login)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Assert.Equal(400, (await new Client(room).PostAsync("api/join", new { code = Classroom.Code, login, name = "x" })).Status);
        Assert.Empty(Kept.Query(room, "SELECT login FROM student"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ESXROOX")]
    [InlineData("ESXROOMM")]
    [InlineData("%")]
    public async Task A_wrong_code_lets_nobody_in(string code)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Reply reply = await new Client(room).PostAsync("api/join", new { code, login = "ann", name = "x" });
        Assert.Equal(403, reply.Status);
        Assert.Null(reply.Cookie);
    }

    [Fact]
    public async Task Codes_cannot_be_tried_without_end()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client guesser = new(room);
        int tries = 0;
        while ((await guesser.PostAsync("api/join", new { code = $"GUESS{tries}", login = "g", name = "g" })).Status != 429)
            Assert.True(++tries < 2000, "2000 codes could be tried at once.");
    }

    [Fact]
    public async Task Personal_codes_cannot_be_tried_without_end_and_the_student_is_not_shut_out()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2"), guesser = new(room);
        int tries = 0;
        while ((await guesser.PostAsync("api/join", new { code = Classroom.Code, login = "ann", name = "x", personal = $"GUESS{tries}" })).Status != 429)
            Assert.True(++tries < 50, "50 personal codes could be tried at once.");
        Assert.Equal(200, (await ann.SaveAsync("q1", 0, "still in")).Status);
    }

    [Fact]
    public async Task A_student_who_floods_is_slowed_down_and_the_neighbour_is_not()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2"), bob = await room.JoinAsync("bob", "q1", "q2");
        int seq = 0;
        while ((await ann.SaveAsync("q1", seq, $"flood {seq}")).Status == 200)
            Assert.True(++seq < 1000, "1000 saves were taken at once.");
        Assert.Equal(429, (await ann.SaveAsync("q1", seq, "flood")).Status);
        Assert.Equal(200, (await bob.SaveAsync("q1", 0, "calm")).Status);
    }

    [Theory]
    [InlineData(Server.Room.QuizRoom.LongestAnswer, 200)]
    [InlineData(Server.Room.QuizRoom.LongestAnswer + 1, 413)]
    [InlineData(200_000, 413)]
    public async Task An_answer_has_a_longest_length(int length, int status)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        Assert.Equal(status, (await ann.SaveAsync("q1", 0, new string('x', length))).Status);
        Assert.Equal(status == 200 ? length : null, (await ann.KeptAsync("q1"))?.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"base\":\"0\",\"text\":5}")]
    [InlineData("{\"base\":0}")]
    [InlineData("{\"base\":0,\"text\":\"\\ud800\"}")]
    public async Task A_body_that_is_no_save_is_refused(string body)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        Assert.Equal(400, (await ann.SendAsync(HttpMethod.Put, "api/attempts/1/answers/q1", content)).Status);
        Assert.Null(await ann.KeptAsync("q1"));
    }

    [Theory]
    [InlineData("GET", "api/attempts/1/answers/q1")]
    [InlineData("DELETE", "api/attempts/1/answers/q1")]
    [InlineData("GET", "room.db")]
    [InlineData("GET", "..%2f..%2froom.db")]
    [InlineData("GET", "api/")]
    public async Task What_is_not_offered_is_not_there(string method, string path)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        await ann.SaveAsync("q1", 0, "mine");
        Reply reply = await ann.SendAsync(new HttpMethod(method), path, null);
        Assert.InRange(reply.Status, 404, 405);
        Assert.Empty(reply.Body);
    }
}
