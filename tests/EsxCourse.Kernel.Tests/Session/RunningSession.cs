using EsxCourse.Kernel.Session;

namespace EsxCourse.Kernel.Tests.Session;

/// <summary>A real session process, asked cell by cell.</summary>
internal sealed class RunningSession : IAsyncDisposable
{
    /// <summary>Long enough for a machine with other things to do; only a cell that never ends reaches it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly SessionProcess process;
    private int cells;

    private RunningSession(SessionProcess process) => this.process = process;

    public int Id => process.Id;

    public static async Task<RunningSession> StartAsync(long? heapLimit = null) =>
        new(await SessionProcess.StartAsync(Path.GetTempPath(), pageShipsScripts: false, TestContext.Current.CancellationToken, heapLimit));

    /// <summary>Runs a cell; <paramref name="during"/> sees each of its events, and may ask for more.</summary>
    public async Task<FailureFrame?> RunAsync(string source, Action<SessionEvent, SessionProcess>? during = null, bool allowInput = false)
    {
        process.Ask(new RunCell($"cell {++cells}", source, "csharp", allowInput));
        using CancellationTokenSource tooLong = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        tooLong.CancelAfter(Deadline);
        await foreach (SessionEvent said in process.Events.ReadAllAsync(tooLong.Token))
            if (said is CellDone done)
                return done.Failure;
            else
                during?.Invoke(said, process);
        (string name, string sentence) = await process.WhyGoneAsync();
        return new FailureFrame(name, sentence, [sentence], null, null);
    }

    /// <summary>The value of a cell as plain text.</summary>
    public async Task<string?> ValueAsync(string source)
    {
        string? value = null;
        FailureFrame? failure = await RunAsync(source, (said, _) => value = said is ResultShown result ? result.Data["text/plain"] : value);
        Assert.Null(failure?.Message);
        return value;
    }

    /// <summary>Runs a cell and interrupts it as soon as it has written <c>go</c>, or asked for input.</summary>
    public Task<FailureFrame?> InterruptAsync(string source) => RunAsync(
        "Console.Write(\"go\");\n" + source,
        (said, session) =>
        {
            if (said is InputWanted || (said is ConsoleWritten { Text: "go" } && !source.Contains("ReadLine", StringComparison.Ordinal)))
                session.Ask(new Interrupt());
        },
        allowInput: true);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
