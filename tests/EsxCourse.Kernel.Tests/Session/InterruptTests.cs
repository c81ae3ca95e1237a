using EsxCourse.Kernel.Session;

namespace EsxCourse.Kernel.Tests.Session;

/// <summary>Everything that managed code can be busy with or wait for ends at an interrupt, in the process that had the variables.</summary>
/// <remarks>The ordinary run tries each case once, in one session; the soak twenty times. How long it took is said by <c>esx bench kernel</c>.</remarks>
public sealed class InterruptTests(InterruptTests.SharedSession shared) : IClassFixture<InterruptTests.SharedSession>
{
    private const int SoakTimes = 20;

    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "loop", "while (true) { }" },
        { "loop without a block", "for (;;) i++;" },
        { "loop in catch", "try { throw new Exception(); } catch { while (true) { } }" },
        { "catch-all loop", "while (true) try { while (true) { } } catch { }" },
        { "loop in finally", "try { } finally { while (true) { } }" },
        { "recursion", "int Deep(int n) => n == 0 ? 0 : Deep(n - 1) + Deep(n - 1); Deep(60)" },
        { "allocation", "while (true) { var a = new byte[1000]; }" },
        { "LINQ", "Enumerable.Range(0, int.MaxValue).Where(x => x < 0).Count()" },
        { "Parallel", "Parallel.For(0L, long.MaxValue, k => { });" },
        { "Task.Run", "await Task.Run(() => { while (true) { } });" },
        { "Thread", "var worker = new System.Threading.Thread(() => { while (true) { } }); worker.Start(); worker.Join();" },
        { "Thread that throws and catches", "var thrower = new System.Threading.Thread(() => { while (true) try { throw new FormatException(); } catch (FormatException) { } }); thrower.Start(); thrower.Join();" },
        { "thread started after the interrupt", "while (true) { new System.Threading.Thread(() => { while (true) { } }) { IsBackground = true }.Start(); }" },
        { "timer", "int ticks = 0; var timer = new System.Threading.Timer(_ => ticks++, null, 0, 5); while (true) System.Threading.Thread.Sleep(1);" },
        { "async void", "async void Endless() { while (true) await Task.Delay(1); } Endless(); await Task.Delay(-1);" },
        { "lambda", "Action f = () => { while (true) { } }; f();" },
        { "iterator", "IEnumerable<int> Endless() { while (true) yield return 1; } foreach (int x in Endless()) ;" },
        { "async iterator", "async IAsyncEnumerable<int> Endless() { while (true) { await Task.Yield(); yield return 1; } } await foreach (int x in Endless()) ;" },
        { "expression body", "class P { public int X => X2 + 1; public int X2 => 1; } var p = new P(); int Again() => Enumerable.Repeat(0, int.MaxValue).Sum(_ => p.X * 0); Again()" },
        { "static constructor", "class S { static S() { while (true) { } } public static int X = 1; } S.X" },
        { "goto", "again: i++; goto again;" },
        { "Thread.Sleep", "System.Threading.Thread.Sleep(-1);" },
        { "Thread.Sleep in a catch-all", "while (true) try { System.Threading.Thread.Sleep(-1); } catch { }" },
        { "Task.Wait", "new Task(() => { }).Wait();" },
        { "await", "await Task.Delay(-1);" },
        { "lock", "var o = new object(); var t = new System.Threading.Thread(() => { lock (o) System.Threading.Thread.Sleep(-1); }) { IsBackground = true }; t.Start(); while (System.Threading.Monitor.TryEnter(o)) System.Threading.Monitor.Exit(o); lock (o) { }" },
        { "WaitForExit", "var sleeper = System.Diagnostics.Process.Start(\"sleep\", \"1000\"); try { sleeper.WaitForExit(); } finally { sleeper.Kill(); }" },
        { "ReadLine", "Console.ReadLine();" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_interrupt_ends_the_cell_and_keeps_the_variables(string name, string code) => await AssertStoppedAsync(await shared.SessionAsync(), name, code);

    [Theory]
    [Trait("Category", "Soak")]
    [MemberData(nameof(Cases))]
    public async Task Twenty_interrupts_end_twenty_cells_in_one_process(string name, string code)
    {
        await using RunningSession session = await SharedSession.StartAsync();
        for (int time = 0; time < SoakTimes; time++)
            await AssertStoppedAsync(session, name, code);
    }

    [Fact]
    public async Task Library_code_is_left_behind_with_an_offer_to_restart_and_the_session_answers()
    {
        await using RunningSession session = await SharedSession.StartAsync();
        FailureFrame? failure = await session.InterruptAsync("var big = System.Numerics.BigInteger.Pow(3, 200_000_000);");
        Assert.Equal("Interrupted", failure?.Name);
        Assert.Contains("left behind", failure?.Message, StringComparison.Ordinal);
        Assert.Contains("Restart the kernel", failure?.Message, StringComparison.Ordinal);
        Assert.Equal("42", await session.ValueAsync("kept + 1"));
        Assert.Equal("Interrupted", (await session.InterruptAsync("while (true) { }"))?.Name);
    }

    private static async Task AssertStoppedAsync(RunningSession session, string name, string code)
    {
        FailureFrame? failure = await session.InterruptAsync(code);
        Assert.Equal((name, "Interrupted"), (name, failure?.Name));
        Assert.DoesNotContain("left behind", failure!.Message, StringComparison.Ordinal);
        Assert.Equal("42", await session.ValueAsync("kept + 1"));
    }

    /// <summary>One session for the ordinary run, since its start is the dear part.</summary>
    public sealed class SharedSession : IAsyncDisposable
    {
        private RunningSession? session;

        internal static async Task<RunningSession> StartAsync()
        {
            RunningSession session = await RunningSession.StartAsync();
            Assert.Null(await session.RunAsync("int i = 0; int kept = 41;"));
            return session;
        }

        internal async Task<RunningSession> SessionAsync() => session ??= await StartAsync();

        public async ValueTask DisposeAsync()
        {
            if (session is not null)
                await session.DisposeAsync();
        }
    }
}
