using EsxCourse.Contracts;
using EsxCourse.Memory.Alternatives;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

// The commented scenarios of the lecture's second half, run as `esx sim` runs them.
public sealed class TechniqueScenarioTests
{
    private static readonly string Folder = Path.Combine(Structure.LibrarySource.Folder, "../../notebooks/scenarios");

    public static TheoryData<string> Files => ["sharing", "false-matches", "salting", "hot-io", "interposition"];

    private static Scenario Load(string name) => Scenario.Load(Path.Combine(Folder, $"{name}.yaml"));

    private static IEnumerable<Scenario> Variants(string name)
    {
        Scenario scenario = Load(name);
        return scenario.Variants.Select(scenario.As);
    }

    private static EsxHost Run(Scenario scenario, IMemoryObserver? observer = null)
    {
        ScenarioRun run = new(scenario, observer: observer);
        run.RunToEnd(TestContext.Current.CancellationToken);
        return run.Host;
    }

    private static long Count(EsxHost host, Outcome outcome) => host.Vms.Sum(vm => vm.Outcomes[outcome]);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_run_with_an_observer_ends_as_one_without_and_keeps_every_rule(string name)
    {
        Scenario scenario = Load(name) with { Seconds = 10 };
        ScenarioRun plain = new(scenario), watched = new(scenario, observer: new Sentences());
        for (int second = 0; second < 10; second++)
        {
            plain.Step();
            watched.Step();
            Assert.Null(plain.Host.FindFault());
        }

        Assert.Equal(plain.Digest(), watched.Digest());
        Assert.Equal(ReportJson.Write(plain), ReportJson.Write(watched));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_recorded_run_replays_to_the_same_end(string name)
    {
        Scenario scenario = Load(name);
        string text = scenario.Text.Replace($"seconds: {scenario.Seconds}", "seconds: 5", StringComparison.Ordinal);
        StringWriter trace = new();
        new ScenarioRun(Scenario.Parse(name, text), recordTo: trace).RunToEnd(TestContext.Current.CancellationToken);
        ScenarioRun replay = ScenarioRun.Replay("trace", trace.ToString());
        replay.RunToEnd(TestContext.Current.CancellationToken);
        Assert.True(replay.IsOver);
    }

    [Fact]
    public void Four_equal_guests_share_more_than_a_quarter_of_their_memory()
    {
        EsxHost host = Run(Load("sharing"));
        SharingReport report = host.SharingReport()!.Value;
        Assert.True(report.Shared.Value > 4 * 12 * 256 / 4, $"{report}");
        Assert.True(Count(host, Outcome.CopyOnWrite) > 0 && Count(host, Outcome.StaleHint) > 0);
        Assert.Equal((report.Shared, report.Reclaimed), (host.Samples[^1].Shared, host.Samples[^1].Reclaimed));
    }

    [Fact]
    public void Sharing_takes_less_than_one_percent_of_a_processor()
    {
        EsxHost host = Run(Load("sharing"));
        Assert.InRange(host.SharingReport()!.Value.CpuTime.Seconds / host.Now.Seconds, 0.00001, 0.01);
    }

    [Fact]
    public void A_weak_hash_shares_less_and_counts_its_false_matches()
    {
        Scenario weak = Load("false-matches");
        Scenario strong = weak with { Host = weak.Host with { Sharing = weak.Host.Sharing! with { Hash = null } } };
        EsxHost weakHost = Run(weak), strongHost = Run(strong);
        Assert.True(weakHost.SharingReport()!.Value.Reclaimed < strongHost.SharingReport()!.Value.Reclaimed);
        Assert.True(Count(weakHost, Outcome.FalseMatch) > 100 && Count(strongHost, Outcome.FalseMatch) == 0);
    }

    [Fact]
    public void Salted_large_pages_are_broken_when_memory_is_short_and_shared_within_a_VM_alone()
    {
        EsxHost host = Run(Load("salting"));
        Assert.True(Count(host, Outcome.LargePageNotShared) > 0 && Count(host, Outcome.LargePageBroken) > 0 && host.SharingReport()!.Value.Shared.Value > 0);
        Mpn[] shared = [.. host.Vms.SelectMany(vm => Enumerable.Range(0, (int)vm.Size.Value).Where(p => vm.StateOf(new Ppn(p)) == PmapState.Shared).Select(p => vm.MpnOf(new Ppn(p))!.Value).Distinct())];
        Assert.Equal(shared.Length, shared.Distinct().Count()); // No machine page belongs to two VMs.
    }

    [Fact]
    public void Scan_policies_compared_the_least_recently_written_pages_break_least_often()
    {
        EsxHost[] hosts = [.. Variants("scan-policies").Select(v => Run(v))];
        (EsxHost random, EsxHost sequential, EsxHost calm, EsxHost beforeSwap) = (hosts[0], hosts[1], hosts[2], hosts[3]);
        double Breaks(EsxHost host) => (double)Count(host, Outcome.CopyOnWrite) / (Count(host, Outcome.PageShared) + Count(host, Outcome.ZeroPageShared));
        Assert.True(Breaks(calm) < Breaks(random), $"random {Breaks(random):0.000}, sequential {Breaks(sequential):0.000}, least recently written {Breaks(calm):0.000}");
        Assert.True(sequential.SharingReport()!.Value.Reclaimed.Value > 0);
        Assert.Equal((0L, 0L), (Count(beforeSwap, Outcome.SharingScan), beforeSwap.SharingReport()!.Value.CpuTime.Microseconds));
    }

    [Fact]
    public void A_partition_keeps_the_victims_misses_away_unless_slices_are_hashed()
    {
        double[] rates = [.. Variants("page-coloring").Select(v => MissRate(Run(v), "victim"))];
        Assert.True(rates[1] < 0.01 && rates[0] > 10 * rates[1], $"bare {rates[0]}, protected {rates[1]}");
        Assert.True(rates[2] > 5 * rates[1], $"protected {rates[1]}, on hashed slices {rates[2]}");
    }

    [Fact]
    public void Copies_for_each_packet_fall_by_two_orders_of_magnitude_on_the_network_workload()
    {
        Scenario with = Load("hot-io");
        Scenario without = with with { Host = with.Host with { HotIo = with.Host.HotIo! with { Remap = false } } };
        double remapped = Run(with).HotIoReport()!.Value.CopiesPerTransfer, bounced = Run(without).HotIoReport()!.Value.CopiesPerTransfer;
        Assert.Equal(1.0, bounced);
        Assert.True(remapped < bounced / 100, $"{remapped}");
    }

    [Fact]
    public void With_low_memory_scarce_the_policies_differ_and_the_table_shows_it()
    {
        TechniqueComparison table = TechniqueComparison.Of(Variants("scarce-low-memory"), stop: TestContext.Current.CancellationToken);
        long Copies(string variant) => table.Rows.Single(r => r.Name == variant).HotIo!.Value.Copies;
        Assert.True(Copies("cost-benefit") < Copies("random") && Copies("cost-benefit") < Copies("nobody gives way"), $"{table}");
        Assert.True(Copies("nobody gives way") < Copies("no remapping") && Copies("an IOMMU") == 0, $"{table}");
        Assert.StartsWith("hot I/O      ", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_interposition_table_has_a_column_for_each_system()
    {
        string table = InterpositionComparison.Run(1, Load("interposition").Interposition!).ToString();
        string[] lines = table.Split('\n');
        Assert.Equal(["interposed", "ESX", "Xen", "Arrakis"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(
            ["yes", "no", "no"],
            lines.Single(l => l.StartsWith("content-based sharing (§4)", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^3..]);
    }

    [Theory]
    [InlineData("sharing: { scan: best }", "'scan: best' is unknown")]
    [InlineData("sharing: { per-vm: -1 }", "'per-vm: -1' is not a whole number")]
    [InlineData("sharing: { hash-bits: 65 }", "'hash-bits: 65'")]
    [InlineData("sharing: { color: red }", "'color' means nothing here")]
    [InlineData("coloring: { cache: 3 MiB }", "there is no cache of")]
    [InlineData("coloring: { policy: rainbow }", "'policy: rainbow' is unknown")]
    [InlineData("hot-io: { threshold: 0 }", "'threshold: 0'")]
    [InlineData("hot-io: { reach: 4 pages, bounce: 5 }", "'bounce: 5' pages do not fit low memory")]
    [InlineData("hot-io: { demotion: none-at-all }", "'demotion: none-at-all' is unknown")]
    public void A_wrong_value_is_reported_with_its_line(string technique, string problem)
    {
        string text = $"name: x\nseconds: 1\nhost:\n  memory: 16 MiB\n  {technique}\nvms:\n  - {{ name: a, memory: 8 MiB }}\n";
        BadInputException wrong = Assert.Throws<BadInputException>(() => Scenario.Parse("file", text));
        Assert.Equal("file:5", wrong.Place);
        Assert.Contains(problem, wrong.Problem, StringComparison.Ordinal);
    }

    private static double MissRate(EsxHost host, string vm)
    {
        OutcomeCounts counts = host.Vms.Single(v => v.Name == vm).Outcomes;
        return (double)counts[Outcome.CacheMiss] / (counts[Outcome.CacheMiss] + counts[Outcome.CacheHit]);
    }

    // Every event can be said in a sentence of one line.
    private sealed class Sentences : IMemoryObserver
    {
        public void On(MemoryEvent happened) => Assert.DoesNotContain('\n', EventText.Of(happened));
    }
}
