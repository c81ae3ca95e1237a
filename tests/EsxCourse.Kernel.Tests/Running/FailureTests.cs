using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>A failing cell is named with its line, and the process that runs the tests is never what dies.</summary>
public sealed class FailureTests
{
    private static ErrorOutput ErrorOf(NotebookRun run, int cell) => Assert.Single(run.Document.Cells[cell - 1].Outputs.OfType<ErrorOutput>());

    [Fact]
    public async Task A_compile_error_names_cell_line_and_column_and_the_rest_is_not_run()
    {
        NotebookRun run = await Notebooks.RunAsync("1", "int a = 1;\nint b = nothing;", "2");
        Assert.Equal([CellStatus.Ran, CellStatus.Failed, CellStatus.NotRun], run.Cells.Select(cell => cell.Status));
        CellFailure failure = Assert.Single(run.Failures);
        Assert.Equal((2, 2), (failure.Cell, failure.Line));
        Assert.Contains("CS0103", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("cell 2, line 2, column 9:", ErrorOf(run, 2).Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_names_the_line_and_the_way_to_it_through_earlier_cells()
    {
        NotebookRun run = await Notebooks.RunAsync("void Fail(int n)\n{\n    throw new InvalidOperationException($\"no {n}\");\n}", "#!time\nint a = 1;\n\nFail(3);");
        CellFailure failure = Assert.Single(run.Failures);
        Assert.Equal("cell 2, line 4: System.InvalidOperationException: no 3", failure.ToString());
        Assert.Equal(["System.InvalidOperationException: no 3", "   at Fail in cell 1, line 3", "   at cell 2, line 4"], ErrorOf(run, 2).Traceback);
    }

    [Fact]
    public async Task A_failed_cell_leaves_the_session_and_what_it_had_assigned()
    {
        NotebookRun run = await NotebookRunner.RunAsync(
            Notebooks.Of("int a = 5; throw new Exception(\"x\");", "oops", "a"),
            new NotebookRunOptions { ContinueAfterFailure = true },
            cancel: TestContext.Current.CancellationToken);
        Assert.Equal([CellStatus.Failed, CellStatus.Failed, CellStatus.Ran], run.Cells.Select(cell => cell.Status));
        Assert.Equal("5", run.Plain(3));
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_may_fail()
    {
        NotebookDocument notebook = Notebooks.Of("throw new Exception(\"shown\");", "1");
        NotebookCell tagged = notebook.Cells[0] with { Metadata = new() { ["tags"] = new System.Text.Json.Nodes.JsonArray("raises-exception") } };
        NotebookRun run = await NotebookRunner.RunAsync(notebook with { Cells = [tagged, notebook.Cells[1]] }, cancel: TestContext.Current.CancellationToken);
        Assert.True(run.Succeeded);
        Assert.Equal("shown", ErrorOf(run, 1).Message);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) try { while (true) { } } catch { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    public async Task A_runaway_cell_is_stopped_at_the_limit(string cell)
    {
        NotebookRun run = await NotebookRunner.RunAsync(
            Notebooks.Of("Console.Write(\"before\");", "Console.Write(\"so far\"); " + cell, "1"),
            new NotebookRunOptions { CellLimit = TimeSpan.FromSeconds(2) },
            cancel: TestContext.Current.CancellationToken);
        Assert.Equal([CellStatus.Ran, CellStatus.Failed, CellStatus.NotRun], run.Cells.Select(outcome => outcome.Status));
        Assert.Equal("cell 2: The cell was stopped: it ran longer than the limit of 2 s.", run.Failures[0].ToString());
        Assert.Equal("so far", run.Text(2));
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "ProcessExit")]
    [InlineData("Environment.Exit(3);", "ProcessExit")]
    [InlineData("Environment.FailFast(\"enough\");", "FailFast")]
    [InlineData("int Deep(int n) => Deep(n + 1) + 1; Deep(0)", "StackOverflow")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill(); await Task.Delay(-1);", "Killed")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"alone\")).Start(); await Task.Delay(-1);", "UnhandledException")]
    public async Task A_cell_that_ends_its_process_is_reported_in_that_cell(string cell, string name)
    {
        NotebookRun run = await Notebooks.RunAsync("Console.Write(\"before\");", cell, "1");
        Assert.Equal([CellStatus.Ran, CellStatus.Failed, CellStatus.NotRun], run.Cells.Select(outcome => outcome.Status));
        Assert.Equal(name, ErrorOf(run, 2).Name);
        Assert.Equal("before", run.Text(1));
    }

    [Fact]
    public async Task What_a_fail_fast_says_is_passed_on() =>
        Assert.Contains("enough", (await Notebooks.RunAsync("Environment.FailFast(\"enough\");")).Failures[0].Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_flood_of_text_is_cut_with_a_notice_and_the_cell_goes_on()
    {
        NotebookRun run = await Notebooks.RunAsync("for (int i = 0; i < 2_000_000; i++) Console.WriteLine(\"flood\"); Console.Error.Write(\"x\"); 7");
        run.AssertRan();
        Assert.InRange(run.Text(1).Length, 100_000, 300_000);
        Assert.Contains("output cut", run.Text(1, "stderr"), StringComparison.Ordinal);
        Assert.Equal("7", run.Plain(1));
    }

    [Fact]
    public async Task A_flood_past_our_console_is_cut_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a Unix tool");
        NotebookRun run = await Notebooks.RunAsync("var p = System.Diagnostics.Process.Start(\"head\", \"-c 3000000 /dev/zero\"); p.WaitForExit();", "1");
        run.AssertRan();
        Assert.InRange(run.Text(1).Length + run.Text(2).Length, 100_000, 500_000);
    }

    [Fact]
    public async Task What_a_cell_prints_is_never_taken_for_the_sessions_word()
    {
        NotebookRun run = await Notebooks.RunAsync(
            "var raw = Console.OpenStandardOutput(); raw.Write(System.Text.Encoding.UTF8.GetBytes(\"\\u0016\\0\\0\\0{\\\"say\\\":\\\"done\\\"}\")); raw.Flush(); throw new Exception(\"honest\");");
        Assert.Equal(CellStatus.Failed, run.Cells[0].Status);
    }

    [Fact]
    public async Task Asking_for_input_fails_at_once() =>
        Assert.Contains("nobody to answer", (await Notebooks.RunAsync("Console.ReadLine()")).Failures[0].Message, StringComparison.Ordinal);
}
