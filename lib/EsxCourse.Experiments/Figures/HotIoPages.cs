using System.Collections.Immutable;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using static EsxCourse.Experiments.ConstantOrigin;

namespace EsxCourse.Experiments;

// Hot I/O page remapping (OSDI '02 §7). A card reaches low memory only; a page beyond it is copied for every transfer, until it has been
// copied often enough to be worth a move. The paper's only result: copies fall by several orders of magnitude for some network loads.

internal sealed class HotIoPages : Experiment
{
    public override string Name => "hot-io";

    public override string Title => "Remapping hot I/O pages: copies fall by orders of magnitude";

    public override string Source => "OSDI '02 §7 (in words)";

    public override string YAxis => "copies per second";

    public override string XAxis => "seconds";

    public override ImmutableArray<ModelConstant> Constants { get; } =
    [
        new("threshold", 16, "copies", Assumed, "the paper gives none; a move costs one copy, so a handful would do, and the result hardly depends on it"),
        new("ring", 16, "pages", Assumed, "a network driver's transmit ring: 16 pages hold forty full packets"),
        new("from-files", 0.002, "part of packets", Assumed, "packets that leave from a page which is hardly ever sent twice; they go on being copied"),
    ];

    public override ExperimentResult Run(ConstantValues constants, CancellationToken stop)
    {
        ScenarioRun with = Of(true, out ResultSeries remapped), without = Of(false, out ResultSeries bounced);
        double before = Copies(without), after = Copies(with);
        return new ExperimentResult(
            this,
            [
                new("copies fall by a factor of", null, before / after, "", RowKind.Predicted, Least: 100),
                ResultRow.Show("copies per transfer, without remapping", null, before / Transfers(without), ""),
                ResultRow.Show("copies per transfer, with remapping", null, after / Transfers(with), ""),
                ResultRow.Show("pages moved", null, Count(with, Outcome.IoRemapped), "pages"),
            ],
            [bounced, remapped],
            ["\"Several orders of magnitude\" is read as two at least, over a minute that begins cold."]);

        ScenarioRun Of(bool remap, out ResultSeries series)
        {
            string text = Resources.Text("Scenarios/hot-io.yaml").Replace("REMAP", remap ? "true" : "false", StringComparison.Ordinal);
            List<double> perSecond = [];
            double last = 0;
            ScenarioRun run = RunToEnd(ParseWith("hot-io", text, constants), stop, r =>
            {
                double now = Copies(r);
                perSecond.Add(now - last);
                last = now;
            });
            series = new ResultSeries(remap ? "with remapping" : "bounce buffers", false, [.. perSecond.Select((_, i) => i + 1.0)], [.. perSecond]);
            return run;
        }
    }

    private static double Copies(ScenarioRun run) => Count(run, Outcome.IoBounced);

    private static double Transfers(ScenarioRun run) => Count(run, Outcome.IoBounced) + Count(run, Outcome.IoDirect);

    private static double Count(ScenarioRun run, Outcome outcome) => run.Host.Vms.Sum(vm => (double)vm.Outcomes[outcome]);
}
