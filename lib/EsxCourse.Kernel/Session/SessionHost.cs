using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using EsxCourse.Kernel.Cells;
using EsxCourse.Kernel.Engine;

namespace EsxCourse.Kernel.Session;

/// <summary>The process in which cells run: takes requests from a socket, runs them on one thread with a deep stack, sends back what they put out.</summary>
/// <remarks>
/// The thread that reads requests never runs a cell, so that it notices at once when the parent has gone, and ends the process then, whatever the
/// cell is doing. Nothing here trusts a cell: the parent counts, limits and kills.
/// </remarks>
#pragma warning disable CA1001 // The console's writers live as long as the process.
internal sealed class SessionHost : CellOutputSink
#pragma warning restore CA1001
{
    private const int CellStackBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan PollsFirst = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan AbandonAfter = TimeSpan.FromSeconds(1);

    private readonly FrameChannel channel;
    private readonly BlockingCollection<SessionRequest> requests = [];
    private readonly ConsoleCapture output;
    private readonly ConsoleCapture errors;
    private readonly Lock sending = new();
    private readonly CellInput input;
    private readonly Lock gate = new();
    private OutputLimit limit = new();
    private CSharpEngine? engine;
    private Thread? running;
    private bool busy;
    private int turn;
    private bool warm;

    private SessionHost(FrameChannel channel)
    {
        this.channel = channel;
        output = new ConsoleCapture(text => SendText("stdout", text));
        errors = new ConsoleCapture(text => SendText("stderr", text));
        input = new CellInput(wanted =>
        {
            Flush();
            Send(wanted);
        });
    }

    /// <summary>Connects to the parent and serves it until it goes.</summary>
    /// <param name="address">The path of the parent's socket.</param>
    public static async Task<int> RunAsync(string address)
    {
        // Ctrl-C goes to the whole group of processes; what to do about it is the parent's decision.
        using PosixSignalRegistration ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        Orphans.Adopt();
        // A thread that a cell started has nobody to catch what stops it: it ends alone, and not the process with it.
        ExceptionHandling.SetUnhandledExceptionHandler(static fault => fault is CellInterruptedException || !CellGuard.Pass);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(address)).ConfigureAwait(false);
        using FrameChannel channel = new(new NetworkStream(socket));
        SessionHost host = new(channel);
        Current = host;
        Console.SetOut(host.output);
        Console.SetError(host.errors);
        Console.SetIn(host.input);

        host.StartCells(new CSharpEngine());
        // On a thread of its own, not on the pool's: a cell may have taken all of those, and its interrupt must still be read.
        while (channel.Read(FrameJson.Default.SessionRequest) is { } request)
        {
            if (request is Interrupt)
                host.InterruptCell();
            else if (request is InputGiven given)
                host.input.Give(given.Text);
            else
                host.requests.Add(request);
        }

        // The parent has gone. A cell may hold any lock and run any finaliser, so no orderly end.
        Descendants.Kill();
        Process.GetCurrentProcess().Kill();
        return 0;
    }

    private void StartCells(CSharpEngine engine)
    {
        this.engine = engine;
        running = new Thread(() => RunCells(engine), CellStackBytes) { Name = "cells", IsBackground = true };
        running.Start();
    }

    private void RunCells(CSharpEngine engine)
    {
        if (!warm)
        {
            engine.WarmUp();
            warm = true;
            Send(new SessionReady());
        }

        foreach (SessionRequest request in requests.GetConsumingEnumerable())
        {
            lock (gate)
            {
                busy = true;
                turn++;
                CellGuard.Lower();
            }

            SessionAnswer answer = Answer(engine, request);
            if (!Settle())
                return; // Abandoned: another thread serves the session, and has answered.
            Flush();
            Send(answer);
        }
    }

    /// <summary>Ends the time in which this thread may be interrupted, and takes an interrupt that came too late to hit the cell.</summary>
    /// <returns>Whether this thread still serves the session.</returns>
    private bool Settle()
    {
        while (true)
        {
            try
            {
                lock (gate)
                {
                    if (running != Thread.CurrentThread)
                        return false;
                    busy = false;
                }

                if (!CellGuard.Pass)
                    Thread.Sleep(1);
                return true;
            }
            catch (ThreadInterruptedException)
            {
                // Once more: entering the lock may have been what was interrupted.
            }
        }
    }

    /// <summary>Stops the running cell: polls in its code see the flag, waits are woken; what does neither for a second is left behind.</summary>
    private void InterruptCell()
    {
        Thread? stopped;
        int stoppedTurn;
        lock (gate)
        {
            if (!busy)
                return; // Nothing runs; an interrupt of the next cell would be another one.
            stopped = running;
            stoppedTurn = turn;
            CellGuard.Raise();
        }

        new Thread(() => WakeUntilStopped(stopped, stoppedTurn)) { Name = "interrupt", IsBackground = true }.Start();
    }

    private void WakeUntilStopped(Thread? stopped, int stoppedTurn)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < AbandonAfter)
        {
            // The polls first: an interrupt in the middle of a library's own orderly stop would only disturb it.
            Thread.Sleep(watch.Elapsed < PollsFirst ? 10 : 30);
            lock (gate)
            {
                if (!busy || turn != stoppedTurn)
                    return;
                if (watch.Elapsed >= PollsFirst)
                    stopped?.Interrupt();
            }
        }

        lock (gate)
        {
            if (!busy || turn != stoppedTurn)
                return;
            busy = false;
            const string left = "The cell does not stop: it is in native or library code. It has been left behind and may still take a processor; variables are still there. Restart the kernel to be rid of it.";
            StartCells(engine!);
            Flush();
            Send(new CellDone(new FailureFrame("Interrupted", left, [left], null, null)));
        }
    }

    private SessionAnswer Answer(CSharpEngine engine, SessionRequest request)
    {
        switch (request)
        {
            case RunCell cell:
                lock (sending)
                    limit = new OutputLimit();
                input.Allowed = cell.AllowInput;
                return new CellDone(Frame(Run(engine, cell)));
            case Evaluate evaluate:
                return new Evaluated(evaluate.Expressions.ToDictionary(entry => entry.Key, entry => engine.Evaluate(entry.Value) is var (data, error) ? new EvaluatedFrame(data, Frame(error)) : null!));
            case Complete complete:
                return Ask(() => engine.Questions.Complete(complete.Source, complete.Position), new Completed([], complete.Position, complete.Position));
            case Inspect inspect:
                return Ask(() => engine.Questions.Inspect(inspect.Source, inspect.Position), new Inspected(null));
            case AskWhetherComplete whether:
                return Ask(() => CodeQuestions.IsComplete(whether.Source), new WhetherComplete("unknown", ""));
            default:
                throw new InvalidOperationException(request.GetType().Name);
        }
    }

    /// <summary>The answer to a question about code; none if the compiler trips over half-written code.</summary>
    private static SessionAnswer Ask(Func<SessionAnswer> question, SessionAnswer none)
    {
        try
        {
            return question();
        }
        catch (Exception tripped) when (tripped is ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException)
        {
            return none;
        }
    }

    private static FailureFrame? Frame(CellError? error) =>
        error is null ? null : new FailureFrame(error.Name, error.Message, error.Traceback, error.Line, error.Column);

    private static CellError? Run(CSharpEngine engine, RunCell cell)
    {
        try
        {
            return engine.Run(cell.Source, cell.Kernel, cell.Label);
        }
        catch (Exception) when (!CellGuard.Pass)
        {
            return CellError.Interrupted();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A formatter that throws, or a fault of ours: the cell's failure, not the session's end.
            return CellError.From(fault, cell.Label);
        }
    }

    public override void Display(Dictionary<string, string> data, string? displayId, bool update) => SendBundle(data, new ValueDisplayed(data, displayId, update));

    public override void Result(Dictionary<string, string> data) => SendBundle(data, new ResultShown(data));

    public override void Clear(bool wait)
    {
        Flush();
        Send(new OutputCleared(wait));
    }

    public override string Ask(string prompt, bool password) => input.Ask(prompt, password);

    private void SendBundle(Dictionary<string, string> data, SessionEvent shown)
    {
        Flush(); // What was printed before stands before.
        lock (sending)
        {
            if (limit.TakeDisplay(data))
                Send(shown);
            else if (limit.Notice(ofText: false) is { } notice)
                Send(new ConsoleWritten("stderr", notice));
        }
    }

    private void SendText(string name, string text)
    {
        lock (sending)
        {
            int taken = limit.TakeText(text.Length);
            if (taken > 0)
                Send(new ConsoleWritten(name, text[..taken]));
            if (taken < text.Length && limit.Notice(ofText: true) is { } notice)
                Send(new ConsoleWritten("stderr", notice));
        }
    }

    private void Flush()
    {
        output.Flush();
        errors.Flush();
    }

    private void Send(SessionEvent said) => channel.Write(said, FrameJson.Default.SessionEvent);
}
