using System.Diagnostics;

namespace EsxCourse.Cli.Tests.Demo;

/// <summary>Ctrl-C in the middle of a demo.</summary>
public sealed class DemoInterruptTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Ctrl_C_ends_the_demo_and_leaves_nothing_running()
    {
        RequiredTool.Need("bwrap");
        string folder = Directory.CreateTempSubdirectory("esx-ctrl-c-").FullName;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);

        // A session of its own, as a terminal gives one: whatever the demo starts, and whatever that starts, can be found by it.
        using Process demo = EsxProgram.Start(Repository.Root, ["setsid"], "demo", "--out", folder);
        try
        {
            // The first line of progress says that processes are at work.
            Assert.NotNull(await demo.StandardError.ReadLineAsync(limit.Token));
            // A terminal sends Ctrl-C to the whole foreground group.
            await Process.Start("kill", ["-INT", "--", $"-{demo.Id}"]).WaitForExitAsync(limit.Token);
            await demo.WaitForExitAsync(limit.Token);

            Assert.Equal(130, demo.ExitCode);
            while (InSession(demo.Id).Any())
                await Task.Delay(50, limit.Token);
        }
        finally
        {
            demo.Kill(entireProcessTree: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<int> InSession(int session) => Processes().Where(process => process.Session == session && process.State != 'Z').Select(process => process.Id);

    private static IEnumerable<(int Id, char State, int Session)> Processes()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // It ended while we looked.
            }

            // "pid (name) state parent group session": the name may hold anything, so count from the last bracket.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            yield return (int.Parse(Path.GetFileName(folder)), fields[0][0], int.Parse(fields[3]));
        }
    }
}
