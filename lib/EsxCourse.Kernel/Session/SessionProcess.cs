using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using EsxCourse.Kernel.Engine;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Session;

/// <summary>The parent's side of a session: starts the process, asks, listens, kills.</summary>
/// <remarks>
/// Events come on <see cref="Events"/>; its end means that the process has gone, and <see cref="WhyGoneAsync"/> says how. What the process writes
/// past our console (a program it starts, the runtime's last words) arrives as console text too.
/// </remarks>
internal sealed class SessionProcess : IAsyncDisposable
{
    private const int LastWordsMilliseconds = 1000;
    private const int MostLastWords = 64 * 1024;

    private readonly Process process;
    private readonly FrameChannel channel;
    private readonly Channel<SessionEvent> events = System.Threading.Channels.Channel.CreateBounded<SessionEvent>(1000);
    private readonly StringBuilder lastWords = new();
    private readonly Task pumping;

    private SessionProcess(Process process, FrameChannel channel)
    {
        this.process = process;
        this.channel = channel;
        pumping = PumpAsync();
    }

    /// <summary>What the session says, in order.</summary>
    public ChannelReader<SessionEvent> Events => events.Reader;

    /// <summary>The id of the process, for messages and tests.</summary>
    public int Id => process.Id;

    /// <summary>Starts a session process. The first event is <see cref="SessionReady"/>.</summary>
    /// <param name="folder">Its working directory, from which relative paths count.</param>
    /// <param name="pageShipsScripts">Whether outputs go to a page that brings plotly.js and mermaid.</param>
    /// <param name="cancel">Gives up the start.</param>
    /// <param name="heapLimit">The most bytes that its objects may take; null for three quarters of the machine's memory.</param>
    public static async Task<SessionProcess> StartAsync(string folder, bool pageShipsScripts, CancellationToken cancel, long? heapLimit = null)
    {
        string home = Directory.CreateTempSubdirectory("esx-").FullName; // Mode 0700: nobody else can connect.
        string address = Path.Combine(home, "s");
        try
        {
            using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(address));
            listener.Listen(1);
            Process process = Process.Start(StartInfo(address, folder, pageShipsScripts, heapLimit))!;
            try
            {
                process.StandardInput.Close();
                Task<Socket> accepted = listener.AcceptAsync(cancel).AsTask();
                Task exited = process.WaitForExitAsync(cancel);
                if (await Task.WhenAny(accepted, exited).ConfigureAwait(false) == exited)
                {
                    cancel.ThrowIfCancellationRequested();
                    throw new InvalidOperationException($"The session process ended at its start: {await process.StandardError.ReadToEndAsync(cancel).ConfigureAwait(false)}");
                }

                return new SessionProcess(process, new FrameChannel(new NetworkStream(await accepted.ConfigureAwait(false), ownsSocket: true)));
            }
            catch
            {
                KillTree(process);
                throw;
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>An editor that shows notebooks without a Jupyter server. (Its terminal looks the same; then outputs are larger than they need be.)</summary>
    private static bool InEditor => Environment.GetEnvironmentVariable("VSCODE_PID") is not null || Environment.GetEnvironmentVariable("VSCODE_IPC_HOOK") is not null;

    internal static ProcessStartInfo StartInfo(string address, string folder, bool pageShipsScripts, long? heapLimit = null)
    {
        ProcessStartInfo start = new(DotnetHost.Path)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(ReadyKernel.Program);
        start.ArgumentList.Add("session");
        start.ArgumentList.Add(address);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        start.Environment[OfflineScripts.SourceVariable] = (pageShipsScripts ? ScriptSource.Page : InEditor ? ScriptSource.Output : ScriptSource.Server).ToString();
        // Past the limit an allocation throws, and the cell fails. Without one the system would end some process, perhaps another one. Hexadecimal.
        if (heapLimit is { } most)
            start.Environment["DOTNET_GCHeapHardLimit"] = most.ToString("X");
        else if (!start.Environment.ContainsKey("DOTNET_GCHeapHardLimit"))
            start.Environment["DOTNET_GCHeapHardLimitPercent"] = "4B";
        return start;
    }

    /// <summary>Asks; false if the session has gone.</summary>
    public bool Ask(SessionRequest request) => channel.Write(request, FrameJson.Default.SessionRequest);

    /// <summary>Ends the process and all that it started, at once.</summary>
    public void Kill() => KillTree(process);

    /// <summary>How the process ended, as a sentence for the reader of the notebook. Waits for its end.</summary>
    public async Task<(string Name, string Sentence)> WhyGoneAsync()
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        await pumping.ConfigureAwait(false);
        string words;
        lock (lastWords)
            words = lastWords.ToString();
        int code = process.ExitCode;
        if (words.Contains("Stack overflow", StringComparison.Ordinal))
            return ("StackOverflow", "The cell overflowed the stack and with that ended the process: a recursion without end? All variables are gone.");
        if (words.Contains("Out of memory", StringComparison.Ordinal) || words.Contains("OutOfMemory", StringComparison.Ordinal))
            return ("OutOfMemory", "The cell ran out of memory and with that ended the process. All variables are gone.");
        if (words.Contains("Process terminated", StringComparison.Ordinal))
        {
            string[] said = words[words.IndexOf("Process terminated", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.TrimEntries);
            string what = said[0]["Process terminated".Length..].Trim(' ', '.') is { Length: > 0 } same ? same : said.Length > 1 && !said[1].StartsWith("at ", StringComparison.Ordinal) ? said[1] : "";
            return ("FailFast", $"The cell ended the process with Environment.FailFast{(what.Length > 0 ? $" (\"{what}\")" : "")}. All variables are gone.");
        }

        if (words.Contains("Unhandled exception", StringComparison.Ordinal))
        {
            string said = words[words.IndexOf("Unhandled exception", StringComparison.Ordinal)..].Split('\n')[0].Trim();
            return ("UnhandledException", $"An exception on a thread of its own ended the process: {said} All variables are gone.");
        }

        return code > 128
            ? ("Killed", $"The process that ran the cell was killed by signal {code - 128}. All variables are gone.")
            : ("ProcessExit", $"The cell ended the process with exit code {code} (Environment.Exit?). All variables are gone.");
    }

    public async ValueTask DisposeAsync()
    {
        KillTree(process);
        channel.Dispose();
        // Whoever stopped listening must not keep the pumps waiting for room.
        while (await events.Reader.WaitToReadAsync().ConfigureAwait(false))
            while (events.Reader.TryRead(out _))
            {
            }

        await pumping.ConfigureAwait(false);
        process.Dispose();
    }

    private async Task PumpAsync()
    {
        Task raw = Task.WhenAll(PumpRawAsync(process.StandardOutput, "stdout"), PumpRawAsync(process.StandardError, "stderr"));
        await PumpFramesAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        // A program that the cell left behind in a session of its own may hold the pipes open for ever.
        await Task.WhenAny(raw, Task.Delay(LastWordsMilliseconds)).ConfigureAwait(false);
        events.Writer.TryComplete();
    }

    private async Task PumpFramesAsync()
    {
        while (await channel.ReadAsync(FrameJson.Default.SessionEvent).ConfigureAwait(false) is { } said)
            await events.Writer.WriteAsync(said).ConfigureAwait(false);
        KillTree(process); // The end of the stream or a frame that is none: there is no way back to order.
    }

    private async Task PumpRawAsync(StreamReader raw, string name)
    {
        char[] buffer = new char[4096];
        int read;
        while ((read = await raw.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            string text = new(buffer, 0, read);
            if (name == "stderr")
                lock (lastWords)
                    lastWords.Append(text, 0, Math.Min(read, Math.Max(0, MostLastWords - lastWords.Length)));
            while (!events.Writer.TryWrite(new ConsoleWritten(name, text)))
                if (!await events.Writer.WaitToWriteAsync().ConfigureAwait(false))
                    return;
        }
    }

    private static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
        }
    }
}
