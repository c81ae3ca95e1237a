using System.Diagnostics;
using EsxCourse.Kernel.Jupyter;
using EsxCourse.Kernel.Session;

namespace EsxCourse.Kernel.Tests.Session;

/// <summary>The process of the cells may die or run out of memory; the one that asked says so and goes on.</summary>
[Collection("alone")]
public sealed class DeathTests
{
    private const long SmallHeap = 150L << 20;

    [Fact]
    public async Task A_process_that_is_killed_from_outside_is_told_in_the_cell_and_replaced()
    {
        TaskCompletionSource<int> id = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using SessionLink link = new(said =>
        {
            if (said is ConsoleWritten { Name: "stdout" } written)
                id.TrySetResult(int.Parse(written.Text));
        });
        link.Start();
        Task<SessionAnswer> cell = link.AskAsync(new RunCell("cell 1", "Console.Write(Environment.ProcessId); while (true) { }", "csharp"));
        using Process victim = Process.GetProcessById(await id.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        victim.Kill();
        FailureFrame failure = Assert.IsType<CellDone>(await cell).Failure!;
        Assert.Equal("Killed", failure.Name);
        Assert.Contains("signal 9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("started anew", failure.Traceback[^1], StringComparison.Ordinal);
        Assert.Null(Assert.IsType<CellDone>(await link.AskAsync(new RunCell("cell 2", "1 + 1", "csharp"))).Failure);
    }

    [Fact]
    public async Task A_cell_that_eats_all_memory_fails_and_the_variables_stay()
    {
        await using RunningSession session = await RunningSession.StartAsync(SmallHeap);
        Assert.Null(await session.RunAsync("int kept = 41;"));
        FailureFrame? failure = await session.RunAsync("void Eat() { var all = new List<byte[]>(); while (true) all.Add(new byte[1_000_000]); }\nEat();");
        Assert.Equal("System.OutOfMemoryException", failure?.Name);
        Assert.Equal("42", await session.ValueAsync("kept + 1"));
    }
}

/// <summary>A session link ends every descendant of its process before it starts anew; here that is the test program, with the programs that other tests have started.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;
