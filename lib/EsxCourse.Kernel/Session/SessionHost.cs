using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
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

    private readonly FrameChannel channel;
    private readonly BlockingCollection<SessionRequest> requests = [];
    private readonly ConsoleCapture output;
    private readonly ConsoleCapture errors;
    private readonly Lock sending = new();
    private OutputLimit limit = new();

    private SessionHost(FrameChannel channel)
    {
        this.channel = channel;
        output = new ConsoleCapture(text => SendText("stdout", text));
        errors = new ConsoleCapture(text => SendText("stderr", text));
    }

    /// <summary>Connects to the parent and serves it until it goes.</summary>
    /// <param name="address">The path of the parent's socket.</param>
    public static async Task<int> RunAsync(string address)
    {
        // Ctrl-C goes to the whole group of processes; what to do about it is the parent's decision.
        using PosixSignalRegistration ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(address)).ConfigureAwait(false);
        using FrameChannel channel = new(new NetworkStream(socket));
        SessionHost host = new(channel);
        Current = host;
        Console.SetOut(host.output);
        Console.SetError(host.errors);
        Console.SetIn(new NoInput());

        Thread cells = new(host.RunCells, CellStackBytes) { Name = "cells", IsBackground = true };
        cells.Start();
        while (await channel.ReadAsync(FrameJson.Default.SessionRequest).ConfigureAwait(false) is { } request)
            host.requests.Add(request);
        // The parent has gone. A cell may hold any lock and run any finaliser, so no orderly end.
        Process.GetCurrentProcess().Kill();
        return 0;
    }

    private void RunCells()
    {
        CSharpEngine engine = new();
        engine.WarmUp();
        Send(new SessionReady());
        foreach (SessionRequest request in requests.GetConsumingEnumerable())
        {
            if (request is not RunCell cell)
                continue;
            lock (sending)
                limit = new OutputLimit();
            CellError? error = Run(engine, cell);
            Flush();
            Send(new CellDone(error is null ? null : new FailureFrame(error.Name, error.Message, error.Traceback, error.Line, error.Column)));
        }
    }

    private static CellError? Run(CSharpEngine engine, RunCell cell)
    {
        try
        {
            return engine.Run(cell.Source, cell.Kernel, cell.Label);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A formatter that throws, or a fault of ours: the cell's failure, not the session's end.
            return CellError.From(fault, cell.Label);
        }
    }

    public override void Display(Dictionary<string, string> data, string? displayId, bool update) => SendBundle(data, new ValueDisplayed(data, displayId, update));

    public override void Result(Dictionary<string, string> data) => SendBundle(data, new ResultShown(data));

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
