using System.Net;
using System.Text;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>Requests that no page would send: guessed ids, made-up cookies, other sites, repeated and late packets. None changes anything.</summary>
public sealed class ForgeryTests
{
    [Theory]
    [InlineData("double-paging")]
    [InlineData("q0")]
    [InlineData("q5")]
    [InlineData("Q1")]
    [InlineData("q1'--")]
    [InlineData("..%2Fq1")]
    public async Task A_guessed_question_is_not_found_not_even_by_its_id_in_the_bank(string question)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        Assert.Equal(404, (await ann.SaveAsync(question, 0, "x")).Status);
        Assert.Empty((await ann.GetAsync("api/paper")).Json.GetProperty("answers").EnumerateObject());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(999)]
    public async Task A_guessed_attempt_takes_nothing(int attempt)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        Assert.InRange((await ann.SaveAsync("q1", 0, "x", attempt)).Status, 404, 410);
        Assert.Null(await ann.KeptAsync("q1"));
    }

    [Theory]
    [InlineData("GET", "lecturer/class")]
    [InlineData("GET", "lecturer/events")]
    [InlineData("GET", "lecturer/solution")]
    [InlineData("POST", "lecturer/open")]
    [InlineData("POST", "lecturer/close")]
    [InlineData("POST", "lecturer/show")]
    [InlineData("POST", "lecturer/students/1/code")]
    public async Task A_student_is_no_lecturer(string method, string path)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        Assert.Equal(401, (await ann.SendAsync(new HttpMethod(method), path, null)).Status);
        // The student's token under the lecturer's name, and one that is made up.
        foreach (string token in (string[])[ann.Cookie!.Split('=')[1], new string('0', 64), ""])
        {
            Client forger = new(room) { Cookie = $"{ann.Cookie!.Split('=')[0]}-lecturer={token}" };
            Assert.Equal(401, (await forger.SendAsync(new HttpMethod(method), path, null)).Status);
        }

        Assert.Equal("open", (await ann.GetAsync("api/state")).Json.GetProperty("phase").GetString());
    }

    [Fact]
    public async Task A_wrong_token_opens_no_lecturers_page()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client forger = new(room);
        Reply reply = await forger.PostAsync("lecturer/session", new { token = new string('0', 64) });
        Assert.Equal(401, reply.Status);
        Assert.Null(reply.Cookie);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("' OR '1'='1")]
    public async Task Without_a_token_that_the_server_gave_there_is_no_paper(string? token)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        Client forger = new(room) { Cookie = token is null ? null : $"{ann.Cookie!.Split('=')[0]}={token}" };
        Assert.Equal(401, (await forger.GetAsync("api/paper")).Status);
        Assert.Equal(401, (await forger.SaveAsync("q1", 0, "x")).Status);
        Assert.Null(await ann.KeptAsync("q1"));
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_sites_page_cannot_write_in_a_students_name(string header, string value)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        ann.Headers.Add(header, value);
        Assert.Equal(403, (await ann.SaveAsync("q1", 0, "x")).Status);
        Assert.Equal(403, (await ann.PostAsync("api/attempts/1/hand-in")).Status);
        ann.Headers.Clear();
        Assert.Null(await ann.KeptAsync("q1"));
        Assert.False((await ann.GetAsync("api/state")).Json.GetProperty("over").GetBoolean());
    }

    [Fact]
    public async Task A_form_that_another_page_could_post_is_not_read()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        using StringContent plain = new("""{"base":0,"text":"x"}""", Encoding.UTF8, "text/plain");
        Assert.Equal((int)HttpStatusCode.UnsupportedMediaType, (await ann.SendAsync(HttpMethod.Put, "api/attempts/1/answers/q1", plain)).Status);
        Assert.Null(await ann.KeptAsync("q1"));
    }

    [Fact]
    public async Task A_replayed_save_does_not_bring_an_old_answer_back()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        await ann.SaveAsync("q1", 0, "first");
        await ann.SaveAsync("q1", 1, "second");
        Reply replayed = await ann.SaveAsync("q1", 0, "first");
        Assert.Equal(409, replayed.Status);
        Assert.Equal("second", replayed.Json.GetProperty("text").GetString());
        Assert.Equal("second", await ann.KeptAsync("q1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task A_save_that_names_another_version_than_the_newest_overwrites_nothing(long typedOver)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        await ann.SaveAsync("q1", 0, "first");
        await ann.SaveAsync("q1", 1, "second");
        Assert.Equal(409, (await ann.SaveAsync("q1", typedOver, "late")).Status);
        Assert.Equal("second", await ann.KeptAsync("q1"));
    }

    [Fact]
    public async Task A_save_whose_acknowledgement_was_lost_is_acknowledged_when_it_is_sent_again()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        await ann.SaveAsync("q1", 0, "first");
        Reply again = await ann.SaveAsync("q1", 0, "first");
        Assert.Equal(200, again.Status);
        Assert.Equal(1, again.Json.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task Of_many_saves_over_one_version_exactly_one_stands()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        Client ann = await room.JoinAsync("ann", "q1", "q2");
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => ann.SaveAsync("q1", 0, $"text {number}")));
        Assert.Single(replies, reply => reply.Status == 200);
        Assert.Equal(19, replies.Count(reply => reply.Status == 409));
    }
}
