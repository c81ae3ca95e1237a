namespace EsxCourse.Cli.Tests;

/// <summary><c>esx sim</c> through the real program.</summary>
public sealed class SimTests : IDisposable
{
    private const string Good = """
        name: A test
        seconds: 10
        host:
          memory: 4 MiB
          tax: 0.75
        vms:
          - name: one
            memory: 2 MiB
            min: 1 MiB
            shares: 100
            workload: { kind: steady, pages: 1 MiB }
          - name: two
            memory: 2 MiB
            start: 5
        events:
          - { at: 6, do: shares, vm: one, to: 200 }
          - { at: 7, do: crash, vm: two }

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("esx-sim-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("tax: 0.75", "taxes: 0.75", 5)]
    [InlineData("memory: 4 MiB", "memory: -4 MiB", 4)]
    [InlineData("memory: 4 MiB", "memory: plenty", 4)]
    [InlineData("memory: 4 MiB", "memory: 4 parsecs", 4)]
    [InlineData("min: 1 MiB", "min: 3 MiB", 9)]
    [InlineData("tax: 0.75", "tax: 1", 5)]
    [InlineData("tax: 0.75", "tax: NaN", 5)]
    [InlineData("kind: steady", "kind: frantic", 11)]
    [InlineData("pages: 1 MiB }", "pages: 0 }", 11)]
    [InlineData("vm: one, to", "vm: three, to", 16)]
    [InlineData("at: 7, do: crash", "at: 3, do: crash", 17)]
    [InlineData("do: crash", "do: explode", 17)]
    [InlineData("name: A test", "name: [A, test", 1)]
    [InlineData("seconds: 10", "seconds: ten", 2)]
    [InlineData("seconds: 10", "seconds: 0", 2)]
    [InlineData("seconds: 10\n", "", 1)]
    [InlineData("- name: two", "- name: one", 12)]
    [InlineData("shares: 100", "shares: -1", 10)]
    [InlineData("shares: 100", "shares: [100]", 10)]
    [InlineData("seconds: 10", "seconds: 10\nseconds: 11", 3)]
    public async Task A_broken_scenario_is_refused_with_file_line_and_remedy(string good, string broken, int line)
    {
        string text = Good.ReplaceLineEndings("\n");
        Assert.Contains(good, text, StringComparison.Ordinal);
        EsxRun run = await EsxProgram.RunAsync("sim", Write(text.Replace(good, broken, StringComparison.Ordinal)));
        Assert.True(run.ExitCode == 2, $"Exit code {run.ExitCode}: {run.Output}{run.Error}");
        string said = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"scenario.yaml:{line}: ", said, StringComparison.Ordinal);
        Assert.Contains("; ", said, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task The_same_scenario_and_seed_give_the_same_bytes_and_another_seed_others()
    {
        string file = Write(Good);
        EsxRun first = await EsxProgram.RunAsync("sim", file, "--seed", "7", "--json", "--trace", Path.Combine(folder, "a.trace"));
        EsxRun second = await EsxProgram.RunAsync("sim", file, "--seed", "7", "--json", "--trace", Path.Combine(folder, "b.trace"));
        EsxRun other = await EsxProgram.RunAsync("sim", file, "--seed", "8", "--json");
        Assert.Equal((0, 0, 0), (first.ExitCode, second.ExitCode, other.ExitCode));
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(folder, "a.trace"), TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(Path.Combine(folder, "b.trace"), TestContext.Current.CancellationToken));
        Assert.NotEqual(first.Output, other.Output);
    }

    [Fact]
    public async Task A_trace_replays_to_the_same_end()
    {
        string trace = Path.Combine(folder, "run.trace");
        EsxRun run = await EsxProgram.RunAsync("sim", Write(Good), "--json", "--trace", trace);
        EsxRun replay = await EsxProgram.RunAsync("sim", trace, "--json");
        Assert.Equal((0, 0), (run.ExitCode, replay.ExitCode));
        Assert.Equal(run.Output, replay.Output);
    }

    private string Write(string text)
    {
        string file = Path.Combine(folder, "scenario.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    [Fact]
    public async Task Threads_and_checks_change_nothing_of_what_is_printed()
    {
        string file = Path.Combine(folder, "scenario.yaml");
        await File.WriteAllTextAsync(file, Good, TestContext.Current.CancellationToken);
        EsxRun plain = await EsxProgram.RunAsync("sim", file, "--threads", "1");
        EsxRun two = await EsxProgram.RunAsync("sim", file, "--threads", "2", "--check", "1");
        Assert.Equal((0, 0, plain.Output), (plain.ExitCode, two.ExitCode, two.Output));
        Assert.Contains("all frames and VMs checked: all is well", two.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_gives_one_table_and_one_chart()
    {
        string file = Path.Combine(folder, "scenario.yaml"), place = Path.Combine(folder, "sweep");
        await File.WriteAllTextAsync(file, Good, TestContext.Current.CancellationToken);
        EsxRun run = await EsxProgram.RunAsync("sim", file, "--sweep", "tau=0..0.9/3", "--seeds", "2", "--out", place);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("3 values of host.tax, 2 seeds each", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Split('\n').Count(line => line.Contains('█', StringComparison.Ordinal)));
        Assert.Single((await File.ReadAllTextAsync(Path.Combine(place, "sweep.html"), TestContext.Current.CancellationToken)).Split("class=\"esx-chart\"")[1..]);
        EsxRun again = await EsxProgram.RunAsync("sim", file, "--sweep", "tau=0..0.9/3", "--seeds", "2", "--out", place);
        Assert.Equal(run.Output, again.Output);
        Assert.Equal(6, File.ReadAllLines(Path.Combine(place, "sweep.jsonl")).Length);
    }

    [Fact]
    public async Task A_value_that_admission_control_refuses_is_one_line_and_exit_code_2()
    {
        string file = Write(Good);
        EsxRun run = await EsxProgram.RunAsync("sim", file, "--sweep", "host.swap=0,64MiB");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("admission control refuses it", Assert.Single(run.Error.TrimEnd().Split('\n'), line => line.Contains("host.swap=0", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seeds", "--seeds", "3")]
    [InlineData("--sweep", "--sweep", "tau")]
    [InlineData("--seeds", "--sweep", "tau=0,0.5", "--seeds", "0")]
    [InlineData("--sweep", "--sweep", "tau=0,0.5", "--until", "3")]
    [InlineData("--sweep", "--sweep", "tau=0,0.5", "--threads", "2")]
    [InlineData("--threads", "--threads", "0")]
    [InlineData("--check", "--check", "0")]
    public async Task Options_that_cannot_be_are_one_line_and_exit_code_2(string place, params string[] options)
    {
        string file = Path.Combine(folder, "scenario.yaml");
        await File.WriteAllTextAsync(file, Good, TestContext.Current.CancellationToken);
        EsxRun run = await EsxProgram.RunAsync(["sim", file, .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(place + ": ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }
}
