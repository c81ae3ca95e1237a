using System.Diagnostics;
using System.Net.Sockets;
using EsxCourse.Kernel.Session;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>Nothing is left running, whoever goes first.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    private static bool Runs(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task AssertEndsAsync(int id)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (Runs(id))
        {
            Assert.True(watch.Elapsed < LongEnough, $"process {id} still runs");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Cancelling_a_run_ends_the_session_and_what_it_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a Unix tool");
        string file = Path.GetTempFileName();
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        string cell = $"var child = System.Diagnostics.Process.Start(\"sleep\", \"1000\"); System.IO.File.WriteAllText(@\"{file}\", $\"{{Environment.ProcessId}} {{child.Id}}\"); while (true) {{ }}";
        Task<NotebookRun> run = NotebookRunner.RunAsync(Notebooks.Of(cell), cancel: cancel.Token);
        string ids;
        while ((ids = await File.ReadAllTextAsync(file, cancel.Token)).Split(' ').Length < 2)
            await Task.Delay(20, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        foreach (string id in ids.Split(' '))
            await AssertEndsAsync(int.Parse(id));
        File.Delete(file);
    }

    [Fact]
    public async Task A_session_whose_parent_has_gone_ends_by_itself_even_in_a_busy_cell()
    {
        // The connection is made by hand: SessionProcess would end the session itself.
        string home = Directory.CreateTempSubdirectory("esx-").FullName;
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(home, "s")));
        listener.Listen(1);
        using Process session = Process.Start(SessionProcess.StartInfo(Path.Combine(home, "s"), home, pageShipsScripts: true))!;
        using (FrameChannel channel = new(new NetworkStream(await listener.AcceptAsync(TestContext.Current.CancellationToken), ownsSocket: true)))
        {
            Assert.IsType<SessionReady>(await channel.ReadAsync(FrameJson.Default.SessionEvent, TestContext.Current.CancellationToken));
            channel.Write(new RunCell("cell 1", "Console.Write(1); while (true) { }", "csharp"), FrameJson.Default.SessionRequest);
            Assert.IsType<ConsoleWritten>(await channel.ReadAsync(FrameJson.Default.SessionEvent, TestContext.Current.CancellationToken));
        }

        await AssertEndsAsync(session.Id);
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Progress_is_told_at_the_beginning_and_end_of_each_cell()
    {
        List<string> told = [];
        await NotebookRunner.RunAsync(Notebooks.Of("1", "2"), progress: new Told(told), cancel: TestContext.Current.CancellationToken);
        Assert.Equal(["1 of 2", "1 of 2 Ran", "2 of 2", "2 of 2 Ran"], told);
    }

    [Fact]
    public async Task Text_arrives_while_the_cell_still_runs()
    {
        await using SessionProcess session = await SessionProcess.StartAsync(Path.GetTempPath(), pageShipsScripts: true, TestContext.Current.CancellationToken);
        Assert.IsType<SessionReady>(await session.Events.ReadAsync(TestContext.Current.CancellationToken));
        session.Ask(new RunCell("cell 1", "Console.Write(\"early\"); System.Threading.Thread.Sleep(-1);", "csharp"));
        Assert.Equal("early", Assert.IsType<ConsoleWritten>(await session.Events.ReadAsync(TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task The_notebook_handed_in_stays_as_it_is()
    {
        NotebookDocument notebook = Notebooks.Of("1");
        NotebookRun run = await NotebookRunner.RunAsync(notebook, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(notebook.Cells[0].Outputs);
        Assert.Equal(1, run.Document.Cells[0].ExecutionCount);
    }

    private sealed class Told(List<string> told) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => told.Add($"{value.Cell} of {value.Of} {value.Ended?.Status}".TrimEnd());
    }
}
