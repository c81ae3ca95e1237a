using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using EsxCourse.Kernel.Session;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>A Jupyter kernel, wire protocol 5.4: speaks with the client and leaves the cells to a session process.</summary>
/// <remarks>
/// Requests on shell are served one after another, those on control at once, so that an interrupt comes through while a cell runs. This process
/// never runs a cell: whatever a cell does, the client has an answer. It ends when told to, or within a second after its client has died.
/// </remarks>
public sealed class JupyterKernel : IAsyncDisposable
{
    private readonly Channel<JupyterMessage> shell = Channel.CreateUnbounded<JupyterMessage>();
    private readonly Channel<JupyterMessage> control = Channel.CreateUnbounded<JupyterMessage>();
    private readonly CancellationTokenSource stopping = new();
    private readonly KernelSockets sockets;
    private readonly SessionLink session;
    private readonly History history = new();
    private volatile JupyterMessage? current;
    private long abortUpTo;
    private int count;

    private JupyterKernel(ConnectionFile connection)
    {
        session = new SessionLink(Publish);
        session.Start();
        sockets = new KernelSockets(connection, message => shell.Writer.TryWrite(message), message => control.Writer.TryWrite(message), TakeInput);
    }

    /// <summary>Serves the client that wrote the connection file, until it says to shut down or has gone.</summary>
    /// <param name="connectionFile">The path of the file.</param>
    /// <param name="cancel">Ends the kernel.</param>
    /// <exception cref="Contracts.BadInputException">The file is no connection file.</exception>
    public static async Task RunAsync(string connectionFile, CancellationToken cancel = default)
    {
        Orphans.Adopt();
        await using JupyterKernel kernel = new(ConnectionFile.Read(connectionFile));
        KernelSockets sockets = kernel.sockets;
        using CancellationTokenRegistration cancelled = cancel.Register(kernel.stopping.Cancel);
        kernel.PublishStatus("starting", null);
        sockets.Start();
        Task[] serving = [kernel.ServeAsync(kernel.shell.Reader, sockets.SendShell), kernel.ServeAsync(kernel.control.Reader, sockets.SendControl), kernel.WatchClientAsync()];
        await (await Task.WhenAny(serving).ConfigureAwait(false)).ConfigureAwait(false);
        await kernel.stopping.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the session and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync().ConfigureAwait(false);
        sockets.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync(ChannelReader<JupyterMessage> requests, Action<JupyterMessage> send)
    {
        try
        {
            await foreach (JupyterMessage request in requests.ReadAllAsync(stopping.Token).ConfigureAwait(false))
            {
                if (ReferenceEquals(requests, shell.Reader))
                    current = request;
                PublishStatus("busy", request);
                (string type, JsonObject content)? reply = await AnswerOrRefuseAsync(request).ConfigureAwait(false);
                if (reply is { } said)
                    send(JupyterMessage.Answer(said.type, said.content, request, request.Identities));
                PublishStatus("idle", request);
                if (request.Type == "shutdown_request")
                    return;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>The answer; to a request whose content is not what the protocol says, an error. The kernel stays for the next one.</summary>
    private async Task<(string Type, JsonObject Content)?> AnswerOrRefuseAsync(JupyterMessage request)
    {
        try
        {
            return await AnswerAsync(request).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            string type = request.Type.EndsWith("_request", StringComparison.Ordinal) ? request.Type[..^"request".Length] + "reply" : request.Type;
            return (type, new JsonObject
            {
                ["status"] = "error",
                ["ename"] = "BadRequest",
                ["evalue"] = $"The {request.Type} is not as the protocol has it: {fault.Message}",
                ["traceback"] = new JsonArray(),
                ["execution_count"] = count,
            });
        }
    }

    private async Task<(string Type, JsonObject Content)?> AnswerAsync(JupyterMessage request)
    {
        JsonObject asked = request.Content;
        switch (request.Type)
        {
            case "kernel_info_request":
                return ("kernel_info_reply", KernelInfo.Reply());
            case "execute_request":
                return ("execute_reply", await ExecuteAsync(request).ConfigureAwait(false));
            case "complete_request":
                return ("complete_reply", Replies.Completion(Text(asked, "code"), await session.AskAsync(new Complete(Text(asked, "code"), Replies.Utf16Position(asked))).ConfigureAwait(false)));
            case "inspect_request":
                return ("inspect_reply", Replies.Inspection(await session.AskAsync(new Inspect(Text(asked, "code"), Replies.Utf16Position(asked))).ConfigureAwait(false)));
            case "is_complete_request":
                return ("is_complete_reply", Replies.Whether(await session.AskAsync(new AskWhetherComplete(Text(asked, "code"))).ConfigureAwait(false)));
            case "history_request":
                return ("history_reply", history.Answer(asked));
            case "comm_info_request":
                return ("comm_info_reply", new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() });
            case "comm_open":
                // There is no target that a client could open; the protocol's answer to that is to close it.
                sockets.Publish(JupyterMessage.Answer("comm_close", new JsonObject { ["comm_id"] = Text(asked, "comm_id"), ["data"] = new JsonObject() }, request, Replies.Topic("comm_close")));
                return null;
            case "interrupt_request":
                await session.TellAsync(new Interrupt()).ConfigureAwait(false);
                return ("interrupt_reply", new JsonObject { ["status"] = "ok" });
            case "shutdown_request":
                return ("shutdown_reply", new JsonObject { ["status"] = "ok", ["restart"] = asked["restart"]?.GetValue<bool>() ?? false });
            default:
                return null;
        }
    }

    private async Task<JsonObject> ExecuteAsync(JupyterMessage request)
    {
        if (request.Received < abortUpTo)
            return new JsonObject { ["status"] = "aborted", ["execution_count"] = count };
        string code = Text(request.Content, "code");
        bool silent = Flag(request.Content, "silent", false);
        if (Counts(request))
        {
            count++;
            history.Add(count, code);
        }

        if (!silent)
            sockets.Publish(JupyterMessage.Answer("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count }, request, Replies.Topic("execute_input")));
        SessionAnswer answer = await session.AskAsync(new RunCell($"cell {Math.Max(1, count)}", code, "csharp", Flag(request.Content, "allow_stdin", true))).ConfigureAwait(false);
        if (answer is CellDone { Failure: { } failure })
        {
            if (!silent)
                sockets.Publish(JupyterMessage.Answer("error", Replies.Error(failure), request, Replies.Topic("error")));
            if (Flag(request.Content, "stop_on_error", true))
                abortUpTo = Stopwatch.GetTimestamp(); // What the client had sent before it could know.
            JsonObject failed = Replies.Error(failure);
            failed["status"] = "error";
            failed["execution_count"] = count;
            return failed;
        }

        return new JsonObject
        {
            ["status"] = "ok",
            ["execution_count"] = count,
            ["user_expressions"] = await EvaluateAsync(request.Content["user_expressions"] as JsonObject).ConfigureAwait(false),
            ["payload"] = new JsonArray(),
        };
    }

    private async Task<JsonObject> EvaluateAsync(JsonObject? expressions)
    {
        if (expressions is null || expressions.Count == 0)
            return [];
        return Replies.Values(await session.AskAsync(new Evaluate(expressions.ToDictionary(entry => entry.Key, entry => entry.Value?.ToString() ?? ""))).ConfigureAwait(false));
    }

    /// <summary>Passes on what a cell puts out.</summary>
    private void Publish(SessionEvent said)
    {
        JupyterMessage? parent = current;
        if (said is ResultShown result && parent is not null && Counts(parent) && result.Data.TryGetValue("text/plain", out string? text))
            history.AddResult(count, text);
        if (said is InputWanted wanted && parent is not null)
            sockets.SendStdin(JupyterMessage.Answer("input_request", new JsonObject { ["prompt"] = wanted.Prompt, ["password"] = wanted.Password }, parent, parent.Identities));
        else if (parent is not null && !Flag(parent.Content, "silent", false) && Replies.Output(said, count) is (string type, JsonObject content))
            sockets.Publish(JupyterMessage.Answer(type, content, parent, Replies.Topic(type)));
    }

    private void TakeInput(JupyterMessage message)
    {
        // On the sockets' thread, which must outlive any message.
        if (message.Type == "input_reply" && message.Content["value"] is JsonValue value && value.TryGetValue(out string? line))
            _ = session.TellAsync(new InputGiven(line));
    }

    private void PublishStatus(string state, JupyterMessage? parent) =>
        sockets.Publish(JupyterMessage.Answer("status", new JsonObject { ["execution_state"] = state }, parent, Replies.Topic("status")));

    /// <summary>Ends when the client's process, which jupyter_client names in the environment, is no more.</summary>
    private async Task WatchClientAsync()
    {
        bool named = int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), out int client);
        try
        {
            while (!named || Runs(client))
                await Task.Delay(TimeSpan.FromSeconds(1), stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static bool Runs(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether a request to execute gets a number and a place in the history.</summary>
    private static bool Counts(JupyterMessage request) => !Flag(request.Content, "silent", false) && Flag(request.Content, "store_history", true);

    private static string Text(JsonObject json, string key) => json[key]?.GetValue<string>() ?? "";

    private static bool Flag(JsonObject json, string key, bool otherwise) => json[key] is JsonValue value && value.TryGetValue(out bool flag) ? flag : otherwise;
}
