using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>A quiz served on loopback, with a clock that stands still, and everything that the server ever answered.</summary>
internal sealed class Classroom : IAsyncDisposable
{
    public const string Code = "ESXROOM";

    private readonly List<string> bodies = [];
    private readonly HttpClient http;

    private Classroom(QuizServer server, QuizServerOptions options, ManualClock clock)
    {
        Server = server;
        Options = options;
        Clock = clock;
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.JoinUrl };
    }

    public QuizServer Server { get; private set; }

    public QuizServerOptions Options { get; }

    public ManualClock Clock { get; }

    /// <summary>Every body and header that came back, decoded.</summary>
    public IReadOnlyList<string> Bodies
    {
        get
        {
            lock (bodies)
                return [.. bodies];
        }
    }

    public static QuizBank Bank { get; } = QuizBank.Load(Repository.Path("exercises", "quizzes"));

    public static QuizFile FauxQuiz => Bank.Find("faux-quiz");

    /// <summary>Every question of the bank on one paper.</summary>
    public static QuizFile WholeBank => FauxQuiz with
    {
        Pick = Bank.Quizzes.Sum(quiz => quiz.Items.Count),
        Items = [.. Bank.Quizzes.SelectMany(quiz => quiz.Items)],
    };

    /// <summary>One question of each kind, all to be answered: single, multiple, numeric, matching, ordering, fill-in, free text.</summary>
    public static QuizFile OneOfEachKind
    {
        get
        {
            EsxCourse.Quiz.Bank.QuizItem[] all = [.. Bank.Quizzes.SelectMany(quiz => quiz.Items).Select(item => item.Vary(1)).DistinctBy(item => item.Id)];
            string[] ids = [.. all.GroupBy(item => item.Type).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.FirstOrDefault(item => item.Picture is not null) ?? group.First()).Id)];
            return FauxQuiz with { Pick = ids.Length, Items = [.. ids.Select(id => Bank.Quizzes.SelectMany(quiz => quiz.Items).First(item => item.Id == id))] };
        }
    }

    public static async Task<Classroom> OpenAsync(TemporaryFolder folder, QuizFile? quiz = null, Func<QuizServerOptions, QuizServerOptions>? more = null, TimeProvider? time = null)
    {
        QuizServerOptions options = new() { Quiz = quiz ?? FauxQuiz, Database = folder.File("room.db"), Code = Code, OpenAtOnce = true, Address = IPAddress.Loopback };
        options = more?.Invoke(options) ?? options;
        ManualClock clock = new();
        return new Classroom(await QuizServer.StartAsync(options, time ?? clock, TestContext.Current.CancellationToken), options, clock);
    }

    /// <summary>Ends the server and starts another on the same database.</summary>
    /// <param name="between">What happens while there is none.</param>
    public async Task RestartAsync(Func<Task>? between = null)
    {
        int port = Server.JoinUrl.Port;
        await Server.DisposeAsync();
        if (between is not null)
            await between();
        Server = await QuizServer.StartAsync(Options with { Port = port }, Clock, TestContext.Current.CancellationToken);
    }

    /// <summary>A student who has joined, and started if <paramref name="pick"/> says what to pick.</summary>
    public async Task<Client> JoinAsync(string login, params string[] pick)
    {
        Client client = new(this);
        Reply joined = await client.PostAsync("api/join", new { code = Code, login, name = $"Name of {login}" });
        Assert.Equal(200, joined.Status);
        if (pick.Length > 0)
        {
            Assert.Equal(200, (await client.PostAsync("api/attempts/1")).Status);
            Assert.Equal(200, (await client.PutAsync("api/attempts/1/pick", new { questions = pick })).Status);
        }

        return client;
    }

    /// <summary>The lecturer's browser.</summary>
    public async Task<Client> LecturerAsync()
    {
        Client client = new(this);
        Assert.Equal(200, (await client.PostAsync("lecturer/session", new { token = Server.LecturerUrl.Fragment.TrimStart('#') })).Status);
        return client;
    }

    /// <summary>Closes the quiz, waits out the grace, shows the solution.</summary>
    public async Task CloseAndShowAsync(Client lecturer)
    {
        Assert.Equal(200, (await lecturer.PostAsync("lecturer/close")).Status);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await lecturer.PostAsync("lecturer/show")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
    }

    internal async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Reply reply = new((int)response.StatusCode, body, response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies.Single().Split(';')[0] : null);
        lock (bodies)
        {
            bodies.Add(response.Headers.ToString());
            bodies.Add(body);
            // JSON hides a text behind escapes; what a page would read out of it is looked at too.
            if (response.Content.Headers.ContentType?.MediaType == "application/json")
                bodies.Add(Strings(JsonDocument.Parse(body).RootElement, new StringBuilder()).ToString());
        }

        return reply;
    }

    private static StringBuilder Strings(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                    Strings(property.Value, text.Append(property.Name).Append('\n'));
                break;
            case JsonValueKind.Array:
                foreach (JsonElement entry in element.EnumerateArray())
                    Strings(entry, text);
                break;
            case JsonValueKind.String:
                text.Append(element.GetString()).Append('\n');
                break;
        }

        return text;
    }
}

/// <summary>What the server answered.</summary>
internal sealed record Reply(int Status, string Body, string? Cookie)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>One browser: its cookie, and whatever headers a test gives it.</summary>
internal sealed class Client(Classroom room)
{
    public string? Cookie { get; set; }

    public Dictionary<string, string> Headers { get; } = [];

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body));

    public Task<Reply> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<Reply> SaveAsync(string question, long typedOver, string text, int attempt = 1) => PutAsync($"api/attempts/{attempt}/answers/{question}", new { @base = typedOver, text });

    /// <summary>What the server has for a question.</summary>
    public async Task<string?> KeptAsync(string question) =>
        (await GetAsync("api/paper")).Json.GetProperty("answers").TryGetProperty(question, out JsonElement answer) ? answer.GetProperty("text").GetString() : null;

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        if (Cookie is not null)
            request.Headers.Add("Cookie", Cookie);
        foreach ((string name, string value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        Reply reply = await room.SendAsync(request);
        Cookie = reply.Cookie ?? Cookie;
        return reply;
    }
}
