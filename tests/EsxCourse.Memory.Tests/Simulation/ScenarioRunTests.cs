using EsxCourse.Contracts;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

public sealed class ScenarioRunTests
{
    // Everything that chance and time can touch: pressure, sampling, balloons, paging, a crash and a reboot, files and phases.
    private const string Busy = """
        name: A busy host
        seconds: 45
        host: { memory: 8 MiB, seed: 7, sampling: { period: 3 }, rebalance: 5, balloon: { slowest: 16, fastest: 64 } }
        vms:
          - { name: web, memory: 5 MiB, workload: { kind: dbench, files: 12 MiB, rate: 3000 } }
          - { name: db, memory: 5 MiB, workload: { kind: database, tables: 4 MiB, query-at: 25, query-seconds: 10 }, guest: { replacement: lru } }
          - { name: windows, memory: 4 MiB, start: 3, guest: { zeroes-memory: true, boot-pages: 300, balloon-driver: false }, workload: { kind: steady, pages: 3 MiB } }
        events:
          - { at: 15, do: crash, vm: web }
          - { at: 20, do: reboot, vm: web }
          - { at: 22, do: tax, to: 0.5 }
          - { at: 24, do: shares, vm: db, to: 99999 }
          - { at: 30, do: pop-balloon, vm: db }
        """;

    private static (string Json, string Trace) RunAndRecord(ulong? seed = null, MemoryRecorder? observer = null)
    {
        StringWriter trace = new();
        ScenarioRun run = new(Scenario.Parse("busy.yaml", Busy), seed, observer, trace);
        run.RunToEnd(TestContext.Current.CancellationToken);
        Assert.Null(run.Host.FindFault());
        return (ReportJson.Write(run), trace.ToString());
    }

    [Fact]
    public void The_same_scenario_and_seed_give_the_same_bytes() => Assert.Equal(RunAndRecord(), RunAndRecord());

    [Fact]
    public void Another_seed_gives_another_run() => Assert.NotEqual(RunAndRecord(), RunAndRecord(seed: 8));

    [Fact]
    public void A_step_by_step_run_that_is_looked_at_gives_the_same_bytes()
    {
        StringWriter trace = new();
        ScenarioRun run = new(Scenario.Parse("busy.yaml", Busy), recordTo: trace);
        while (!run.IsOver)
        {
            run.Step();
            foreach (VirtualMachine vm in run.Host.Vms)
                Assert.Equal(vm.Size.Value, run.Host.Snapshot(vm).States.Length);
            Assert.NotNull(run.Host.Report().ToString());
            run.Digest();
        }

        Assert.Equal(RunAndRecord(), (ReportJson.Write(run), trace.ToString()));
    }

    [Fact]
    public void An_observer_changes_nothing()
    {
        MemoryRecorder recorder = new();
        Assert.Equal(RunAndRecord(), RunAndRecord(observer: recorder));
        Assert.NotEmpty(recorder.Events);
    }

    [Fact]
    public void A_trace_replays_to_the_same_end()
    {
        (string json, string trace) = RunAndRecord();
        ScenarioRun replay = ScenarioRun.Replay("busy.trace", trace);
        replay.RunToEnd(TestContext.Current.CancellationToken);
        Assert.Equal(json, ReportJson.Write(replay));
    }

    [Fact]
    public void A_trace_that_was_tampered_with_is_noticed()
    {
        string trace = RunAndRecord().Trace;
        int place = trace.LastIndexOf(" w ", StringComparison.Ordinal);
        string changed = trace[..place] + " r " + trace[(place + 3)..];
        ScenarioRun replay = ScenarioRun.Replay("busy.trace", changed);
        Assert.Throws<BadInputException>(() => replay.RunToEnd(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("esxcourse-trace 2\nseed 1\nscenario 1\nx\nend 0\n", "t:1")]
    [InlineData("esxcourse-trace 1\nseed 1\nscenario 9\nx\nend 0\n", "t:1")]
    [InlineData("esxcourse-trace 1\nseed 1\nscenario 1\nname: x\n0 w 1\nend 0\n", "t:5")]
    [InlineData("esxcourse-trace 1\nseed 1\nscenario 1\nname: x\n0 w 1 0 0\nend 0\n", "t:5")]
    [InlineData("esxcourse-trace 1\nseed 1\nscenario 1\nname: x\n0 w 1 0 9\n", "t:5")]
    public void A_broken_trace_is_refused_with_its_line(string trace, string place) =>
        Assert.Equal(place, Assert.Throws<BadInputException>(() => ScenarioRun.Replay("t", trace)).Place);

    [Fact]
    public void Any_pmap_can_be_seen_at_any_step()
    {
        MemoryRecorder recorder = new();
        ScenarioRun run = new(Scenario.Parse("busy.yaml", Busy), observer: recorder);
        List<(int Events, string Pmap)> seen = [];
        while (!run.IsOver)
        {
            run.Step();
            seen.Add((recorder.Events.Count, run.Host.Snapshot(run.Vm("db")).ToString()));
        }

        EventCursor cursor = recorder.Cursor();
        for (int second = seen.Count - 1; second >= 0; second--)
        {
            cursor.MoveTo(seen[second].Events);
            Assert.Equal(seen[second].Pmap, cursor.PmapOf(run.Vm("db").Id).ToString());
        }
    }
}
