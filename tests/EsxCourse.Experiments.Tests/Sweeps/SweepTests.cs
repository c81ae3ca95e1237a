using EsxCourse.Contracts;

namespace EsxCourse.Experiments.Tests.Sweeps;

/// <summary>Many runs give the same as one after the other, in any order, stopped or not.</summary>
public sealed class SweepTests : IDisposable
{
    // Two VMs that need a little more than there is.
    private const string Yaml = """
        name: Small
        seconds: 240
        host: { memory: 2 MiB, tax: 0, seed: 5 }
        vms:
          - { name: idle, memory: 1536 KiB, min: 100 KiB, guest: { zeroes-memory: true }, workload: { kind: idle, pages: 40 KiB } }
          - { name: busy, memory: 1536 KiB, min: 100 KiB, workload: { kind: steady, pages: 1200 KiB, rate: 500 } }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Sweep Of(string axis = "tau=0..0.9/3", int seeds = 2) => new("small.yaml", Yaml, SweepAxis.Parse(axis), seeds);

    private static IEnumerable<string> Lines(IReadOnlyList<SweepPoint> points) => points.Select(point => $"{point.Value} {point.Seed} {point.Digest} {point.Operations}");

    private static IReadOnlyList<SweepPoint> Run(Sweep sweep, string? log = null, IProgress<SweepPoint>? progress = null) => sweep.Run(log, progress, TestContext.Current.CancellationToken);

    [Fact]
    public void Every_value_is_run_with_every_seed_in_order() =>
        Assert.Equal(["0 5", "0 6", "0.45 5", "0.45 6", "0.9 5", "0.9 6"], Run(Of()).Select(point => $"{point.Value} {point.Seed}"));

    [Fact]
    public void The_tax_moves_memory_from_the_idle_to_the_busy()
    {
        IReadOnlyList<SweepRow> rows = SweepRow.Of(Run(Of()));
        Assert.True(rows[0].Vms[0].AllocatedMiB > rows[^1].Vms[0].AllocatedMiB, $"{rows[0].Vms[0]} and then {rows[^1].Vms[0]}");
    }

    [Fact]
    public void A_sweep_that_was_cut_off_goes_on_and_ends_as_if_it_had_not_been()
    {
        string log = folder.File("sweep.jsonl");
        string[] whole = [.. Lines(Run(Of()))];
        Run(Of(), log);
        // As a kill leaves it: three runs and a half.
        string[] written = File.ReadAllLines(log);
        File.WriteAllText(log, string.Join('\n', written[..3]) + "\n" + written[3][..20]);

        int before = File.ReadAllLines(log).Length;
        Assert.Equal(whole, Lines(Run(Of(), log)));
        Assert.Equal(3 + 1 + 3, File.ReadAllLines(log).Length);
        Assert.Equal(4, before);
    }

    [Fact]
    public void Finished_runs_are_not_run_again()
    {
        string log = folder.File("sweep.jsonl");
        Run(Of(), log);
        DateTime written = File.GetLastWriteTimeUtc(log);
        long length = new FileInfo(log).Length;
        Run(Of(), log);
        Assert.Equal((written, length), (File.GetLastWriteTimeUtc(log), new FileInfo(log).Length));
    }

    [Fact]
    public void The_log_of_another_sweep_is_refused_and_kept()
    {
        string log = folder.File("sweep.jsonl");
        Run(Of(), log);
        string text = File.ReadAllText(log);
        BadInputException bad = Assert.Throws<BadInputException>(() => Run(Of("vms.busy.shares=1,2"), log));
        Assert.Equal(log, bad.Place);
        Assert.Equal(text, File.ReadAllText(log));
    }

    [Fact]
    public void A_value_that_the_scenario_does_not_take_is_said_before_the_first_run()
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => Of("tau=0.5..1.5/3"));
        Assert.Contains("host.tax=1", bad.Place, StringComparison.Ordinal);
    }
}
