using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Tests.Structure;

namespace EsxCourse.Memory.Tests.Simulation;

// The scenarios of notebooks/scenarios show what their comments say.
public sealed class ScenarioLibraryTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(LibrarySource.Folder, "../../notebooks/scenarios"));

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static ScenarioRun Run(string file)
    {
        ScenarioRun run = new(Scenario.Load(Path.Combine(Folder, file)));
        run.RunToEnd(TestContext.Current.CancellationToken);
        return run;
    }

    private static long Count(ScenarioRun run, Outcome outcome) => run.Host.Vms.Sum(v => v.Outcomes[outcome]);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_scenario_runs_and_leaves_the_machine_whole(string file)
    {
        Assert.StartsWith("#", File.ReadAllText(Path.Combine(Folder, file)), StringComparison.Ordinal); // it says what to look at
        Scenario scenario = Scenario.Load(Path.Combine(Folder, file));
        foreach (Scenario one in scenario.Variants.IsEmpty ? [scenario] : scenario.Variants.Select(scenario.As))
        {
            ScenarioRun run = new(one);
            run.RunToEnd(TestContext.Current.CancellationToken);
            Assert.Null(run.Host.FindFault());
        }
    }

    [Fact]
    public void Double_paging_is_several_times_as_frequent_under_host_LRU_as_at_random_and_never_with_a_balloon()
    {
        Scenario scenario = Scenario.Load(Path.Combine(Folder, "double-paging.yaml"));
        ScenarioComparison comparison = ScenarioComparison.Of(scenario, stop: TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(comparison.ToString());
        ComparisonRow Row(string name) => comparison.Rows.Single(r => r.Name == name);
        Assert.True(Row("host LRU").PathologicalPageOuts > 4 * Row("random").PathologicalPageOuts);
        Assert.True(Row("host LRU").PathologicalRate > 4 * Row("random").PathologicalRate);
        Assert.True(Row("random").PathologicalPageOuts > 0);
        Assert.Equal(0, Row("ballooning").PathologicalPageOuts);
        Assert.True(Row("host LRU").DiskTransfers > Row("random").DiskTransfers);
    }

    [Fact]
    public void A_trapped_paging_disk_makes_one_access_of_three()
    {
        ScenarioComparison comparison = ScenarioComparison.Of(Scenario.Load(Path.Combine(Folder, "double-paging.yaml")), stop: TestContext.Current.CancellationToken);
        ComparisonRow trapped = comparison.Rows.Single(r => r.Name == "host LRU, trapped disk");
        // Every guest page-out of a swapped page would have cost a read and a write beside the host's own write.
        Assert.Equal(trapped.PathologicalPageOuts, trapped.HostPageOuts + trapped.HostPageIns + trapped.GuestPageOuts + trapped.GuestPageIns - trapped.DiskTransfers);
        Assert.True(trapped.PathologicalPageOuts > 1000);
        Assert.True(trapped.Operations > comparison.Rows.Single(r => r.Name == "host LRU").Operations);
    }

    [Fact]
    public void The_ballooning_scenario_balloons_and_hardly_pages()
    {
        ScenarioRun run = Run("ballooning.yaml");
        Assert.True(run.Vm("sleeper").Ballooned.Value > 3000);
        Assert.True(Count(run, Outcome.SwapOut) < Count(run, Outcome.BalloonInflate) / 5);
    }

    [Fact]
    public void The_balloon_problems_scenario_has_all_of_them()
    {
        ScenarioRun run = Run("balloon-problems.yaml");
        Assert.All(
            [Outcome.BalloonRateLimited, Outcome.BalloonRefusal, Outcome.BalloonPop, Outcome.BalloonReset, Outcome.SwapOut, Outcome.GuestBoot],
            outcome => Assert.True(Count(run, outcome) > 0, $"{outcome}"));
    }

    [Fact]
    public void The_states_scenario_visits_all_four() =>
        Assert.All(Run("states.yaml").Host.Report().States, s => Assert.True(s.Time.Microseconds > 0, $"{s.State}"));

    [Fact]
    public void The_tax_scenario_moves_memory_to_the_busy_VM()
    {
        ScenarioRun run = Run("idle-memory-tax.yaml");
        HostSample before = run.Host.Samples.Last(s => s.Time.Seconds <= 400), after = run.Host.Samples[^1];
        Assert.InRange(before.Vms[0].Allocated.Value - before.Vms[1].Allocated.Value, -400, 400);
        Assert.True(after.Vms[0].Allocated.Value < before.Vms[0].Allocated.Value * 0.7);
        Assert.True(after.Vms[1].Allocated.Value > before.Vms[1].Allocated.Value * 1.2);
    }

    [Fact]
    public void The_sampling_scenario_follows_the_toucher_up_at_once_and_down_slowly()
    {
        ScenarioRun run = Run("working-set-sampling.yaml");
        double Active(double second) => run.Host.Samples.Last(s => s.Time.Seconds <= second).Vms[0].Active.Mebibytes;
        Assert.InRange(Active(240), 18, 40);  // 25 MiB, a few periods after the step from 5
        Assert.True(Active(275) > 1.3 * Active(420), $"{Active(275)} and {Active(420)}"); // the way down takes its time
        Assert.InRange(Active(420), 0, 16);
    }

    [Fact]
    public void The_admission_scenario_frees_memory_when_a_VM_goes()
    {
        ScenarioRun run = Run("admission-and-shares.yaml");
        Assert.False(run.Host.Vms[0].IsPoweredOn);
        Assert.Equal(ReclamationState.High, run.Host.State);
    }
}
