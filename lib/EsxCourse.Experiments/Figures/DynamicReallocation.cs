using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;
using static EsxCourse.Experiments.ConstantOrigin;

namespace EsxCourse.Experiments;

// Figure 8 (OSDI '02 §6.3): five Windows VMs, 1472 MB of them on 1 GB, boot together and zero their memory before drivers run. Zero pages are
// shared rather than paged out; then benchmarks start and sharing gives way to ballooning; late a query needs a database's memory back.

internal sealed class DynamicReallocation : Experiment
{
    private const int Sql = 4, Citrix = 2;

    public override string Name => "fig8";

    public override string Title => "Dynamic reallocation: five Windows VMs on 1 GB";

    public override string Source => "OSDI '02 §6.3, figure 8";

    public override ImmutableArray<ModelConstant> Constants { get; } =
    [
        new("benchmarks-at", 840, "s", Given, "published: sharing collapses from minute 15 on, when the benchmarks start"),
        new("query-at", 3880, "s", Given, "published: SQL rises from minute 65 on"),
        new("query-seconds", 240, "s", Assumed, "published: SQL is at its peak at minute 68 and falls after that"),
        new("rate", 4000, "touches/s", Assumed, "a working set of 150 MB is touched several times in a sampling period, a query's 300 MB once"),
        new("disk-access", 250, "µs", Assumed, "tables and files are read in runs: thirty pages an access of 8 ms"),
        new("tables-mib", 300, "MiB", Assumed, "published: SQL holds 317 MB early on, nearly all that it has"),
        new("idle-mib", 120, "MiB", Assumed, "what a Windows server touches before its benchmark starts"),
        new("warm-up", 150, "s", Assumed, "a benchmark that starts reads and writes files through all of its memory for a while: that ends the sharing of zero pages"),
        new("citrix-mib", 150, "MiB", Fitted, "published active memory of Citrix, minutes 40 to 66: 133 to 189 MB; what it holds is predicted"),
        new("exchange-mib", 60, "MiB", Fitted, "published active memory of all VMs, minutes 40 to 63: 295 MB, of which 150 are not Citrix or SQL; taken as 60, 40 and 40"),
        new("client-mib", 40, "MiB", Fitted, "as for exchange-mib"),
    ];

    public override ExperimentResult Run(ConstantValues constants, CancellationToken stop)
    {
        double zeroAtBoot = 0;
        int queryAt = (int)constants["query-at"] + 32;
        ScenarioRun run = RunToEnd(ScenarioOf("fig8", constants), stop, r =>
        {
            if (r.Seconds <= 840 && r.Seconds % 10 == 0)
                zeroAtBoot = Math.Max(zeroAtBoot, Megabytes.Of(r.Host.SharingReport()!.Value.Zero));
        });
        IReadOnlyList<HostSample> samples = run.Host.Samples;
        double Peak(Func<HostSample, double> value) => samples.Max(value);
        double sqlLeast = samples.Skip(900).Take(queryAt - 900).Min(s => Megabytes.Of(s.Vms[Sql].Allocated));
        double sqlBefore = Megabytes.Of(samples[queryAt - 1].Vms[Sql].Allocated), sqlPeak = samples.Skip(queryAt).Take(900).Max(s => Megabytes.Of(s.Vms[Sql].Allocated));
        double sqlAfterFour = Megabytes.Of(samples[queryAt + 240].Vms[Sql].Allocated);
        double high = TimeIn(ReclamationState.High), soft = TimeIn(ReclamationState.Soft);
        double written = samples.Take(900).Max(s => Megabytes.Of(s.SwapUsed));
        return new ExperimentResult(
            this,
            [
                new ResultRow("zero pages shared at boot", 325, zeroAtBoot, "MB", RowKind.Predicted, Least: 300),
                new("on disk at most while booting", 35, written, "MB", RowKind.Predicted, Most: 50),
                new("sum of allocations at its peak", 1190, Peak(All), "MB", RowKind.Predicted, Least: 1024),
                ResultRow.Show("sharing before the benchmarks", 320, Megabytes.Of(samples[800].Shared), "MB"),
                ResultRow.Show("sharing at minute 20", 100, Megabytes.Of(samples[1200].Shared), "MB"),
                ResultRow.Show("ballooned at its peak", 575, Peak(Ballooned), "MB"),
                ResultRow.Near("SQL at its least before the query", 160, sqlLeast, "MB", 5) with { Reason = "what was paged out at boot and when the benchmarks started is not touched again by an idle guest, so that it holds a little less than its min" },
                new("SQL's rise within four minutes of the query", 75, sqlPeak > sqlBefore ? 100 * (sqlAfterFour - sqlBefore) / (sqlPeak - sqlBefore) : 0, "% of all it gets back", RowKind.Predicted, Least: 50),
                ResultRow.Show("SQL at its peak in the query", 259, sqlPeak, "MB"),
                ResultRow.Show("Citrix at its peak", 290, samples.Max(s => Megabytes.Of(s.Vms[Citrix].Allocated)), "MB"),
                new("time in high or soft", null, 100 * (high + soft) / run.Host.Now.Microseconds * 1e6, "%", RowKind.Predicted, Least: 90),
                new ResultRow("states visited beside high", 3, Enum.GetValues<ReclamationState>().Count(s => s != ReclamationState.High && TimeIn(s) > 0), "", RowKind.Predicted, 3, 3) with { Reason = "pages that are shared instead of paged out free memory at once, so that the deepest state is hardly ever reached" },
            ],
            [
                Resources.Published("fig8", "all_alloc", "published: all allocated"), Resources.Published("fig8", "all_balloon", "published: all ballooned"), Resources.Published("fig8", "all_shared", "published: all shared"),
                Resources.Published("fig8", "sql_alloc", "published: SQL"), Resources.Published("fig8", "citrix_alloc", "published: Citrix"),
                Curve("all allocated", samples, All), Curve("all ballooned", samples, Ballooned), Curve("all shared", samples, s => Megabytes.Of(s.Shared)),
                Curve("SQL", samples, s => Megabytes.Of(s.Vms[Sql].Allocated)), Curve("Citrix", samples, s => Megabytes.Of(s.Vms[Citrix].Allocated)),
            ],
            [
                "A page that two VMs share counts for both, so that the sum of allocations can exceed the machine.",
                "Published states: low, hard and soft flicker at minutes 2.4 to 3.5, soft and hard at 17.0 to 18.7, a soft blip at 30.3, else high.",
            ]);

        double TimeIn(ReclamationState state) => run.Host.Report().States.First(s => s.State == state).Time.Seconds;
    }

    private static double All(HostSample sample) => sample.Vms.Sum(vm => Megabytes.Of(vm.Allocated));

    private static double Ballooned(HostSample sample) => sample.Vms.Sum(vm => Megabytes.Of(vm.Ballooned));
}
