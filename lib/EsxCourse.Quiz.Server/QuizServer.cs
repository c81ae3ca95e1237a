using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Server.Filing;
using EsxCourse.Quiz.Server.Room;
using EsxCourse.Quiz.Server.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EsxCourse.Quiz.Server;

/// <summary>
/// The quiz in the room: a small web server where students join with a code, answer against the server's clock, and lose nothing by a reload, a lost
/// network or a server that died; and where the lecturer sees who is in, closes the quiz and shows the solution.
/// <list type="bullet">
/// <item><c>Room/</c> holds the rules, <c>Store/</c> the one SQLite file that keeps everything, <c>Web/</c> what a browser may ask and is told,
/// <c>Pages/</c> the two pages, <c>Filing/</c> what becomes of the answers.</item>
/// <item>A key, a rubric or an explanation leaves the server only after the quiz was closed and the lecturer has shown it.</item>
/// <item>Plain HTTP, for a lecture hall's own network. For anything wider, put a server with a certificate in front.</item>
/// </list>
/// </summary>
public sealed class QuizServer : IAsyncDisposable
{
    private const int LargestBody = 128 * 1024;

    private readonly QuizServerOptions options;
    private readonly QuizRoom room;
    private readonly Solution solution;
    private readonly Limits limits = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource filed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication app;
    private Task? filing;
    private string? trouble;
    private bool isDisposed;

    private QuizServer(QuizServerOptions options, QuizRoom room)
    {
        this.options = options;
        this.room = room;
        solution = new Solution(room);
        app = Build();
    }

    /// <summary>What students type to join.</summary>
    public string Code => room.State.Code;

    /// <summary>The page that students open.</summary>
    public Uri JoinUrl { get; private set; } = null!;

    /// <summary>The lecturer's page. Who has this address has the quiz.</summary>
    public Uri LecturerUrl { get; private set; } = null!;

    /// <summary>How many students were in when the server started: more than none if a kept quiz goes on.</summary>
    public int StudentsAtStart { get; private set; }

    /// <summary>Whether the quiz is closed.</summary>
    public bool IsClosed => room.PhaseOf(room.State) >= RoomPhase.Closed;

    /// <summary>Completes when the results are where the options want them; faults if they could not be brought there.</summary>
    public Task Filed => filed.Task;

    /// <summary>Starts serving.</summary>
    /// <param name="options">How.</param>
    /// <param name="clock">Where the time comes from; <see cref="TimeProvider.System"/> outside tests.</param>
    /// <param name="stop">Stops the start.</param>
    /// <exception cref="BadInputException">The database, the gradebook, the folder or the port cannot be used.</exception>
    public static async Task<QuizServer> StartAsync(QuizServerOptions options, TimeProvider clock, CancellationToken stop = default)
    {
        if (options.Gradebook is not null)
            await GradebookFiling.PrepareAsync(options, stop);
        QuizRoom room = await QuizRoom.OpenAsync(options, clock);
        QuizServer server = new(options, room);
        try
        {
            await server.app.StartAsync(stop);
            server.Listening();
            return server;
        }
        catch (IOException cause) when (cause.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await server.DisposeAsync();
            throw new BadInputException($"--port {options.Port}", "another program listens there", "name another port, or 0 for any that is free", cause);
        }
        catch (SocketException cause)
        {
            await server.DisposeAsync();
            throw new BadInputException($"{options.Address}:{options.Port}", $"cannot be listened on ({cause.Message})", "name an address of this machine with --address, and a port above 1023 with --port", cause);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends every connection, commits what is under way and closes the database. An open quiz stays open; a later start goes on with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        await stopping.CancelAsync();
        using (CancellationTokenSource patience = new(TimeSpan.FromSeconds(3)))
            await app.StopAsync(patience.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        if (filing is not null)
            await filing;
        await app.DisposeAsync();
        await room.DisposeAsync();
        limits.Dispose();
        stopping.Dispose();
    }

    private void Listening()
    {
        int port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        string host = options.Host ?? (options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any) ? NetworkAddress() : options.Address).ToString();
        JoinUrl = new UriBuilder(Uri.UriSchemeHttp, host, port).Uri;
        LecturerUrl = new Uri(JoinUrl, $"lecturer#{room.State.LecturerToken}");
        StudentsAtStart = room.ReadAll().Students.Count;
        if (room.State.ClosedAt is not null)
            StartFiling();
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        // Ctrl-C is the command's, which disposes this server.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 4000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication web = builder.Build();
        web.UseGuard();
        Presence presence = new(room.Clock);
        string cookie = $"esx-quiz-{Papers.Seed(room.State.Secret, "cookie", 0) % 1_000_000:000000}";
        PageEndpoints.Map(web);
        new StudentEndpoints(room, limits, presence, solution, cookie).Map(web);
        new LecturerEndpoints(room, limits, presence, solution, $"{cookie}-lecturer", () => JoinUrl.ToString(), options.Gradebook is not null || options.AnswerFolder is not null, () => trouble, StartFiling, stopping.Token).Map(web);
        return web;
    }

    /// <summary>Brings the results where they belong, once nothing is taken any more.</summary>
    private void StartFiling()
    {
        lock (stopping)
            filing ??= Task.Run(FileAsync);
    }

    private async Task FileAsync()
    {
        try
        {
            while (!IsClosed)
                await Task.Delay(TimeSpan.FromMilliseconds(100), stopping.Token);
            if (room.State.FiledAt is null)
            {
                // Scored now, before three hundred ask for their results at once.
                IReadOnlyList<ScoredAttempt> results = solution.Results;
                if (options.AnswerFolder is { } folder)
                    AnswerFiles.Write(folder, results);
                if (options.Gradebook is not null)
                    await GradebookFiling.FileAsync(options, room.State, results, stopping.Token);
                await room.FiledAsync();
            }

            filed.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            filed.TrySetCanceled();
        }
        catch (Exception error) when (error is BadInputException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // The answers are safe in the database; the next start tries again.
            trouble = $"The results could not be filed: {error.Message}";
            filed.TrySetException(error);
        }
    }

    private static IPAddress NetworkAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(address => address.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
