using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EsxCourse.Quiz.Server.Load;

/// <summary>
/// A class that takes a quiz all at once: each student joins, starts, picks, and types an answer word by word, every pause a save. A student whose
/// save is not acknowledged sends the same again until it is, as the page does. Notes what was acknowledged, so that it can be held against what the
/// server kept, and how long each acknowledgement took. Used by the tests and by <c>esx bench quiz</c>.
/// </summary>
internal sealed class SimulatedClass : IDisposable
{
    // As often as the page does.
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    private readonly HttpClient http;
    private readonly string code;
    private readonly SimulatedStudent[] students;

    public SimulatedClass(Uri server, string code, int size, int seed)
    {
        this.code = code;
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(10) };
        students = [.. Enumerable.Range(1, size).Select(number => new SimulatedStudent($"student{number:000}", new Random(seed + number)))];
    }

    /// <summary>How long each save took, in milliseconds, from sending to the acknowledgement.</summary>
    public ConcurrentBag<double> SaveMilliseconds { get; } = [];

    /// <summary>How often a save had to be sent again.</summary>
    public int Retries { get; private set; }

    /// <summary>Everybody comes in and starts.</summary>
    public Task JoinAsync(CancellationToken stop) => Parallel.ForEachAsync(students, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = stop }, async (student, one) =>
    {
        using HttpResponseMessage joined = await SendAsync(student, HttpMethod.Post, "api/join", new { code, login = student.Login, name = student.Login }, one);
        joined.EnsureSuccessStatusCode();
        student.Cookie = joined.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using HttpResponseMessage started = await SendAsync(student, HttpMethod.Post, "api/attempts/1", null, one);
        started.EnsureSuccessStatusCode();
        using JsonDocument paper = await PaperAsync(student, one);
        student.Questions = [.. paper.RootElement.GetProperty("questions").EnumerateArray().Select(question => question.GetProperty("id").GetString()!).Take(paper.RootElement.GetProperty("pick").GetInt32())];
        using HttpResponseMessage picked = await SendAsync(student, HttpMethod.Put, "api/attempts/1/pick", new { questions = student.Questions }, one);
        picked.EnsureSuccessStatusCode();
    });

    /// <summary>Everybody types until the server says that the time is over, or until <paramref name="enough"/>; every page asks for the clock meanwhile.</summary>
    /// <param name="pause">The mean time between two saves of one student.</param>
    /// <param name="enough">Ends the typing; saves under way are still waited for.</param>
    /// <param name="stop">Gives up.</param>
    public Task TypeAsync(TimeSpan pause, CancellationToken enough, CancellationToken stop) => Task.WhenAll(students.Select(async student =>
    {
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(enough, stop);
        Task looking = LookAsync(student, done.Token);
        await TypeAsync(student, pause, enough, stop);
        await done.CancelAsync();
        await looking;
    }));

    /// <summary>Holds what the server has now against what it acknowledged.</summary>
    /// <returns>A line for each answer that is not as it was acknowledged.</returns>
    public async Task<IReadOnlyList<string>> LossesAsync(CancellationToken stop)
    {
        ConcurrentBag<string> losses = [];
        await Parallel.ForEachAsync(students, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stop }, async (student, one) =>
        {
            using JsonDocument paper = await PaperAsync(student, one);
            JsonElement answers = paper.RootElement.GetProperty("answers");
            foreach (string question in student.Questions)
            {
                string kept = answers.TryGetProperty(question, out JsonElement answer) ? answer.GetProperty("text").GetString()! : "";
                // A save that was sent but not acknowledged may stand or not; an acknowledged one stands unless that later one does.
                if (kept != student.Acknowledged(question) && kept != student.Unacknowledged(question))
                    losses.Add($"{student.Login} {question}: acknowledged “{student.Acknowledged(question)}”, kept “{kept}”");
            }
        });
        return [.. losses.Order(StringComparer.Ordinal)];
    }

    public void Dispose() => http.Dispose();

    private async Task LookAsync(SimulatedStudent student, CancellationToken end)
    {
        await Wait(AskEvery * student.LookDraw.NextDouble(), end);
        while (!end.IsCancellationRequested)
        {
            try
            {
                using HttpResponseMessage state = await SendAsync(student, HttpMethod.Get, "api/state", null, end);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                // The server is away, or the quiz is over here.
            }

            await Wait(AskEvery, end);
        }
    }

    private async Task TypeAsync(SimulatedStudent student, TimeSpan pause, CancellationToken enough, CancellationToken stop)
    {
        // Not all at the same moment: people are not.
        await Wait(pause * student.Draw.NextDouble(), enough);
        while (!enough.IsCancellationRequested && await SaveAsync(student, student.Questions[student.Draw.Next(student.Questions.Count)], stop))
            await Wait(pause * (0.5 + student.Draw.NextDouble()), enough);
    }

    /// <summary>Types one more word and saves it; false if the server takes nothing any more.</summary>
    private async Task<bool> SaveAsync(SimulatedStudent student, string question, CancellationToken stop)
    {
        (long typedOver, string text) = student.Type(question);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                long sent = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await SendAsync(student, HttpMethod.Put, $"api/attempts/1/answers/{question}", new { @base = typedOver, text }, stop);
                if (response.StatusCode == HttpStatusCode.Gone)
                    return false;
                if (response.IsSuccessStatusCode)
                {
                    using JsonDocument saved = JsonDocument.Parse(await response.Content.ReadAsStringAsync(stop));
                    SaveMilliseconds.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                    student.Acknowledge(question, saved.RootElement.GetProperty("seq").GetInt64(), text);
                    return true;
                }

                if ((int)response.StatusCode is not (429 or 503))
                    throw new InvalidOperationException($"{student.Login} {question}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(stop)}");
            }
            catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                // The server is away; what was typed waits here.
            }

            Retries++;
            await Wait(TimeSpan.FromMilliseconds(100 + student.Draw.Next(100)), stop);
        }
    }

    private async Task<JsonDocument> PaperAsync(SimulatedStudent student, CancellationToken stop)
    {
        using HttpResponseMessage paper = await SendAsync(student, HttpMethod.Get, "api/paper", null, stop);
        paper.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await paper.Content.ReadAsStringAsync(stop));
    }

    private async Task<HttpResponseMessage> SendAsync(SimulatedStudent student, HttpMethod method, string path, object? body, CancellationToken stop)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (student.Cookie is { } cookie)
            request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request, stop);
    }

    private static Task Wait(TimeSpan time, CancellationToken end) => Task.Delay(time, end).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private sealed class SimulatedStudent(string login, Random draw)
    {
        private static readonly string[] Vocabulary = ["balloon", "inflates", "guest", "host", "page", "swap", "pmap", "pins", "reclaims", "shares", "ÄÖ", "\n", "\"quoted\"", "<b>", "頁"];

        private readonly Dictionary<string, (long Seq, string Text)> acknowledged = [];
        private readonly Dictionary<string, string> sent = [];

        public string Login => login;

        public Random Draw => draw;

        /// <summary>Of its own, because a page types and looks at the same time.</summary>
        public Random LookDraw { get; } = new(draw.Next());

        public string? Cookie { get; set; }

        public IReadOnlyList<string> Questions { get; set; } = [];

        public (long TypedOver, string Text) Type(string question)
        {
            (long seq, string text) = acknowledged.GetValueOrDefault(question, (0, $"{login} {question}:"));
            string typed = $"{text} {Vocabulary[draw.Next(Vocabulary.Length)]}{seq}";
            sent[question] = typed;
            return (seq, typed);
        }

        public void Acknowledge(string question, long seq, string text) => acknowledged[question] = (seq, text);

        public string Acknowledged(string question) => acknowledged.GetValueOrDefault(question, (0, "")).Text;

        public string Unacknowledged(string question) => sent.GetValueOrDefault(question, "");
    }
}
