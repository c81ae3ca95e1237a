using System.Collections.Immutable;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using static EsxCourse.Experiments.ConstantOrigin;

namespace EsxCourse.Experiments;

// Double paging (OSDI '02 §3.3): the host pages P out, the guest then picks P for its own swap, and P is read in only to be written out
// again. Three disk accesses for one page-out; a trapped paging disk needs one. ESX picks victims at random so as not to agree with the
// guest. The paper gives no figures: what is demanded is what it says in words.

internal sealed class DoublePaging : Experiment
{
    public override string Name => "double-paging";

    public override string Title => "Whose victims? A host that pages like its guest pages twice";

    public override string Source => "OSDI '02 §3.3 (in words); one access instead of three: Cellular Disco";

    public override string XAxis => "";

    public override string YAxis => "% of the guest's page-outs";

    public override ImmutableArray<ModelConstant> Constants { get; } =
    [
        new("host-mib", 14, "MiB", Assumed, "a machine as large as the VM; what the host keeps free above \"high\" is what it must take back"),
        new("working-set-mib", 16, "MiB", Assumed, "a little more than the VM has, so that the guest pages all the time"),
        new("rate", 200, "touches/s", Assumed, "slow enough for a balloon that is polled once a second to keep up"),
    ];

    public override ExperimentResult Run(ConstantValues constants, CancellationToken stop)
    {
        Report lru = Of("lru", trapped: false, driver: false);
        Report random = Of("random", trapped: false, driver: false);
        Report trapped = Of("lru", trapped: true, driver: false);
        Report balloon = Of("random", trapped: false, driver: true);
        return new ExperimentResult(
            this,
            [
                new("host LRU: pages paged twice", null, lru.Percent, "%", RowKind.Predicted, Least: 50),
                new("host random: pages paged twice", null, random.Percent, "%", RowKind.Predicted, Most: 50),
                new("ballooning: pages paged twice", 0, balloon.Percent, "%", RowKind.Predicted, 0, 0),
                ResultRow.Near("host LRU: disk accesses for a page-out", 3, lru.AccessesPerPageOut, "", 0.5),
                ResultRow.Near("host LRU, trapped disk: accesses for a page-out", 1, trapped.AccessesPerPageOut, "", 0.5),
                ResultRow.Show("host LRU: operations", null, lru.Operations, "ops"),
                ResultRow.Show("host random: operations", null, random.Operations, "ops"),
                ResultRow.Show("ballooning: operations", null, balloon.Operations, "ops"),
            ],
            [new ResultSeries("pages paged twice: host LRU, random, ballooning", false, [1, 2, 3], [lru.Percent, random.Percent, balloon.Percent])],
            ["A page-out that meets a page on the host's disk costs: the host's write, its read, the guest's write; trapped, the host's write alone. Counted are all transfers of the run, also of pages that were paged out once only."]);

        Report Of(string victims, bool trapped, bool driver)
        {
            Scenario scenario = ScenarioOf("double-paging", constants, victims, trapped, driver);
            return new Report(RunToEnd(scenario, stop).Host.Report());
        }
    }

    private static Scenario ScenarioOf(string file, ConstantValues constants, string victims, bool trapped, bool driver)
    {
        string text = Resources.Text($"Scenarios/{file}.yaml")
            .Replace("VICTIMS", victims, StringComparison.Ordinal)
            .Replace("TRAPPED", trapped ? "true" : "false", StringComparison.Ordinal)
            .Replace("DRIVER", driver ? "true" : "false", StringComparison.Ordinal);
        return ParseWith(file, text, constants);
    }

    private readonly record struct Report(HostReport Host)
    {
        private double Count(Outcome outcome) => Host.Outcomes.FirstOrDefault(o => o.Key == outcome).Value;

        private double Twice => Count(Outcome.DoublePaging) + Count(Outcome.TrappedPageOut);

        public double Percent => Count(Outcome.GuestPageOut) is var all and > 0 ? 100 * Twice / all : 0;

        /// <summary>All disk transfers that paging out took, the host's and the guest's, for each page that the guest wanted out.</summary>
        public double AccessesPerPageOut =>
            (Count(Outcome.SwapOut) + Count(Outcome.SwapIn) + Count(Outcome.GuestPageOut) - Count(Outcome.TrappedPageOut)) / Count(Outcome.GuestPageOut);

        public double Operations => Host.Vms[0].Operations;
    }
}
