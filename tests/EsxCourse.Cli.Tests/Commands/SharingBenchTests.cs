using System.Diagnostics;
using System.Text.Json;
using EsxCourse.Tests;

namespace EsxCourse.Cli.Tests.Commands;

/// <summary><c>esx bench sharing</c> through the real program. KSM belongs to the whole machine, so these need root, and give back what they found.</summary>
[Trait("Category", "Soak")]
public sealed class SharingBenchTests
{
    private const string Folder = "/sys/kernel/mm/ksm";

    private static readonly string[] Touched = ["run", "pages_to_scan", "sleep_millisecs", "use_zero_pages", "advisor_mode"];

    private static bool HasKsm => Environment.IsPrivilegedProcess && File.Exists(Path.Combine(Folder, "ksm_zero_pages"));

    [Fact]
    public async Task KSM_saves_as_many_pages_as_the_memory_manager_and_gets_its_settings_back()
    {
        string before = Settings();
        EsxRun result = await EsxProgram.RunAsync("bench", "sharing", "--json");
        JsonElement[] rows = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(4, rows.Length);
        Assert.Equal(before, Settings());
        string note = rows[2].GetProperty("note").GetString()!;
        Assert.SkipWhen(note.Contains("did not converge", StringComparison.Ordinal), note); // On a busy machine the kernel's thread hardly runs.
        if (HasKsm)
            Assert.True(rows[3].GetProperty("holds").GetBoolean(), rows[3].ToString());
        else
            Assert.Contains("KSM is not compared", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task KSM_gets_its_settings_back_when_the_bench_is_stopped(string signal)
    {
        Assert.SkipUnless(HasKsm, "KSM with ksm_zero_pages, and root, are needed.");
        CancellationToken stop = TestContext.Current.CancellationToken;
        string before = Settings();
        using Process esx = EsxProgram.Start(Repository.Root, [], "bench", "sharing");
        esx.StandardInput.Close();
        Task<string> output = esx.StandardOutput.ReadToEndAsync(stop);
        while (await esx.StandardError.ReadLineAsync(stop) is { } line && !line.Contains("KSM", StringComparison.Ordinal))
        {
        }

        await Until(() => Settings() != before, stop);
        using Process kill = Process.Start("kill", [$"-{signal}", esx.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await esx.WaitForExitAsync(stop);
        // After kill -9 the child restores them a moment later.
        await Until(() => Settings() == before, stop);
        Assert.Equal(before, Settings());
        await output;
    }

    private static string Settings() => Directory.Exists(Folder)
        ? string.Join('\n', Touched.Select(name => Path.Combine(Folder, name)).Where(File.Exists).Select(path => $"{path} {File.ReadAllText(path)}"))
        : "";

    private static async Task Until(Func<bool> holds, CancellationToken stop)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!holds())
            await Task.Delay(50, limit.Token);
    }
}
