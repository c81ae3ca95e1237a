using EsxCourse.Kernel.Session;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>The kernel's session process, started anew when it dies.</summary>
/// <remarks>One request at a time; outputs go to the callback whenever they come, also between requests.</remarks>
internal sealed class SessionLink(Action<SessionEvent> onOutput) : IAsyncDisposable
{
    private TaskCompletionSource<SessionAnswer> answer = new();
    private Task<SessionProcess>? starting;
    private Task pumping = Task.CompletedTask;
    private volatile bool closing;

    /// <summary>Starts the process while the client is still connecting.</summary>
    public void Start()
    {
        starting = SessionProcess.StartAsync(Environment.CurrentDirectory, pageShipsScripts: false, CancellationToken.None);
        pumping = PumpAsync(starting);
    }

    /// <summary>Asks and waits for the answer. If the process dies of it, the answer is a <see cref="CellDone"/> that says so.</summary>
    public async Task<SessionAnswer> AskAsync(SessionRequest request)
    {
        answer = new TaskCompletionSource<SessionAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (pumping.IsCompleted)
            Start(); // The process died between two requests.
        (await starting!.ConfigureAwait(false)).Ask(request);
        return await answer.Task.ConfigureAwait(false);
    }

    /// <summary>Says something that has no answer of its own: an interrupt, a line of input.</summary>
    public async Task TellAsync(SessionRequest request) => (await starting!.ConfigureAwait(false)).Ask(request);

    public async ValueTask DisposeAsync()
    {
        closing = true;
        if (starting is not null)
            await (await starting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        Orphans.End();
    }

    private async Task PumpAsync(Task<SessionProcess> starts)
    {
        SessionProcess session = await starts.ConfigureAwait(false);
        await foreach (SessionEvent said in session.Events.ReadAllAsync().ConfigureAwait(false))
        {
            if (said is SessionAnswer reply)
                answer.TrySetResult(reply);
            else
                onOutput(said);
        }

        if (closing)
            return;
        (string name, string sentence) = await session.WhyGoneAsync().ConfigureAwait(false);
        await session.DisposeAsync().ConfigureAwait(false);
        Orphans.End();
        Start();
        string[] traceback = [sentence, "The kernel has started anew: run the cells that define what you need."];
        answer.TrySetResult(new CellDone(new FailureFrame(name, sentence, traceback, null, null)));
    }
}
