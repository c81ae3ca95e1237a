using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Server;
using EsxCourse.Quiz.Server.Load;
using Microsoft.Data.Sqlite;

namespace EsxCourse.Cli.Bench;

/// <summary>
/// <c>esx bench quiz</c>: how long a student waits until a save is acknowledged, that is, on disk, while three hundred type at once. Students and server share
/// this machine and this process, so the figures hold the students' own work too. Beside it: one row committed to disk by SQLite, with nobody else there.
/// </summary>
internal sealed class QuizBench : IBenchGroup
{
    private const int Students = 300;
    private const double MostMilliseconds = 100;

    // A fast typist's pages save about once a second: 300 saves a second in all.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Typing = TimeSpan.FromSeconds(15);

    public string Name => "quiz";

    public string About => "saves of 300 students at once in 'esx quiz serve', beside a bare commit to disk";

    public async IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, [EnumeratorCancellation] CancellationToken stop)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("esx-bench-quiz-");
        try
        {
            doing.Report("bare commits");
            double[] commits = Commits(Path.Combine(folder.FullName, "bare.db"), stop);
            doing.Report($"{Students} students join and type");
            double[] saves = await SavesAsync(Path.Combine(folder.FullName, "room.db"), stop);
            string note = $"{saves.Length} saves in {Typing.TotalSeconds:0} s";
            yield return new BenchRow("save acknowledged, p50", At(saves, 0.5), "ms") { Peer = "SQLite commit alone, p50", PeerFigure = At(commits, 0.5), Note = note };
            yield return new BenchRow("save acknowledged, p99", At(saves, 0.99), "ms") { Peer = "SQLite commit alone, p99", PeerFigure = At(commits, 0.99), Limit = BenchLimit.AtMost(MostMilliseconds) };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double[]> SavesAsync(string database, CancellationToken stop)
    {
        QuizServerOptions options = new()
        {
            Quiz = QuizFile.Load(Path.Combine(KitRoot.Find(), "exercises", "quizzes", "faux-quiz.yaml")),
            Database = database,
            OpenAtOnce = true,
            Address = IPAddress.Loopback,
        };
        await using QuizServer server = await QuizServer.StartAsync(options, TimeProvider.System, stop);
        using SimulatedClass students = new(server.JoinUrl, server.Code, Students, seed: 1);
        await students.JoinAsync(stop);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Typing);
        Task lecturer = WatchAsync(server, enough.Token);
        await students.TypeAsync(Pause, enough.Token, stop);
        await lecturer;
        stop.ThrowIfCancellationRequested();
        return [.. students.SaveMilliseconds.Order()];
    }

    /// <summary>The lecturer's page, live as it is in the room.</summary>
    private static async Task WatchAsync(QuizServer server, CancellationToken end)
    {
        using HttpClient http = new() { BaseAddress = server.JoinUrl };
        try
        {
            (await http.PostAsJsonAsync("lecturer/session", new { token = server.LecturerUrl.Fragment.TrimStart('#') }, end)).EnsureSuccessStatusCode().Dispose();
            await using Stream events = await http.GetStreamAsync("lecturer/events", end);
            await events.CopyToAsync(Stream.Null, end);
        }
        catch (OperationCanceledException)
        {
            // Enough was measured.
        }
    }

    private static double[] Commits(string path, CancellationToken stop)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE answer(id INTEGER PRIMARY KEY, text TEXT)");
        List<double> milliseconds = [];
        for (int row = 0; row < 300; row++)
        {
            stop.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            Execute(connection, "INSERT INTO answer(text) VALUES ('The guest picks the page that the host has paged out already.')");
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return [.. milliseconds.Order()];
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static double At(double[] ordered, double quantile) => ordered[(int)Math.Min(ordered.Length - 1, Math.Ceiling(quantile * ordered.Length) - 1)];
}
