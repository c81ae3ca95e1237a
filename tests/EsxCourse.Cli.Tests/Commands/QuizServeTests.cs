using System.Diagnostics;
using System.Text.RegularExpressions;
using EsxCourse.Quiz.Server.Load;

namespace EsxCourse.Cli.Tests.Commands;

/// <summary><c>esx quiz serve</c> as a real program: killed in the middle, stopped by Ctrl-C, started wrongly.</summary>
public sealed class QuizServeTests
{
    [Fact]
    public async Task Killed_while_three_hundred_type_it_loses_nothing_that_it_acknowledged()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        ServedQuiz killed = await ServedQuiz.StartAsync(folder, port: 0);
        using SimulatedClass students = new(killed.Address, killed.Code, 300, seed: 3);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task typing;
        int before;
        await using (killed)
        {
            await students.JoinAsync(stop);
            typing = students.TypeAsync(TimeSpan.FromSeconds(0.5), enough.Token, stop);
            await UntilAsync(() => students.SaveMilliseconds.Count > 1500, stop);
            killed.Process.Kill();
            await killed.Process.WaitForExitAsync(stop);
            before = students.SaveMilliseconds.Count;
        }

        await using ServedQuiz again = await ServedQuiz.StartAsync(folder, killed.Address.Port);
        Assert.Contains("goes on with 300 students", again.Title, StringComparison.Ordinal);
        await UntilAsync(() => students.SaveMilliseconds.Count > before + 600, stop);
        await enough.CancelAsync();
        await typing;
        Assert.True(students.Retries > 0, "Nobody was typing when the server was killed.");
        Assert.Empty(await students.LossesAsync(stop));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_cleanly_and_says_how_to_go_on()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        await using ServedQuiz served = await ServedQuiz.StartAsync(folder, port: 0);
        using SimulatedClass students = new(served.Address, served.Code, 5, seed: 3);
        await students.JoinAsync(stop);
        using (Process interrupt = Process.Start("kill", ["-INT", served.Process.Id.ToString()]))
            await interrupt.WaitForExitAsync(stop);
        string rest = await served.Process.StandardOutput.ReadToEndAsync(stop);
        await served.Process.WaitForExitAsync(stop);
        Assert.Contains("The same command goes on with it", rest, StringComparison.Ordinal);
        Assert.Equal(0, served.Process.ExitCode);
        // Nothing is left but the one file: the log is folded in, the lock is gone.
        Assert.Equal(["room.db"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--port", "99999", "is no port")]
    [InlineData("--minutes", "0", "is not between 0.1 and 1440")]
    [InlineData("--attempts", "0", "is not between 1 and 100")]
    [InlineData("--code", "a b", "is not 4 to 20 letters and digits")]
    [InlineData("--address", "localhost!", "is no address")]
    [InlineData("--db", "/no/such/folder/room.db", "its folder does not exist")]
    [InlineData("--gradebook", "/no/such/folder/grades.db", "its folder does not exist")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2(string option, string value, string problem)
    {
        using TemporaryFolder folder = new();
        Dictionary<string, string> options = new() { ["--address"] = "127.0.0.1", ["--port"] = "0", ["--db"] = folder.File("room.db") };
        options[option] = value;
        EsxRun run = await EsxProgram.RunAsync(["quiz", "serve", "faux-quiz", .. options.SelectMany(given => new[] { given.Key, given.Value })]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> holds, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2), "Nothing happens.");
            await Task.Delay(20, stop);
        }
    }

    /// <summary>The running program, and what it printed.</summary>
    private sealed class ServedQuiz(Process process, string title, Uri address, string code) : IAsyncDisposable
    {
        public Process Process => process;

        public string Title => title;

        public Uri Address => address;

        public string Code => code;

        public static async Task<ServedQuiz> StartAsync(TemporaryFolder folder, int port)
        {
            Process process = EsxProgram.Start(Repository.Root, [], "quiz", "serve", "faux-quiz", "--address", "127.0.0.1", "--port", port.ToString(), "--db", folder.File("room.db"), "--open");
            process.StandardInput.Close();
            try
            {
                using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
                patience.CancelAfter(TimeSpan.FromMinutes(1));
                string title = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(patience.Token));
                Match students = Regex.Match(await process.StandardOutput.ReadLineAsync(patience.Token) ?? "", @"(http://\S+) +code (\w+)");
                Assert.True(students.Success, "The server prints no address.");
                return new ServedQuiz(process, title, new Uri(students.Groups[1].Value), students.Groups[2].Value);
            }
            catch
            {
                process.Kill();
                process.Dispose();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
