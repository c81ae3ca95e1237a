using System.Collections.Immutable;
using System.Text;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using static EsxCourse.Experiments.ConstantOrigin;

namespace EsxCourse.Experiments;

// Figure 5 (OSDI '02 §4.4): three production systems. Of each one number is chosen: which part of its memory can be shared at all, so that
// *shared* comes out. In what proportion that part is zeroes, image and libraries is taken over from figure 4's fit. *Reclaimed* and the
// zero pages are then predicted.

internal sealed class ProductionSharing : Experiment
{
    // A quarter of the size: all figures are parts of the whole, and the scan takes a quarter of the time.
    private const double Scale = 0.25;

    private sealed record System(string Name, ImmutableArray<int> Megabytes, double Total, double Shared, double Reclaimed, double? Zero);

    private static readonly ImmutableArray<System> Systems =
    [
        new("A", [.. Enumerable.Repeat(205, 8), 204, 204], 2048, 880, 673, null),
        new("B", [64, 64, 64, 96, 128, 166, 192, 304, 768], 1846, 539, 345, 70),
        new("C", [32, 256, 346, 512, 512], 1658, 165, 120, 25),
    ];

    public override string Name => "fig5";

    public override string Title => "Sharing in three production systems";

    public override string Source => "OSDI '02 §4.4, figure 5";

    public override string XAxis => "system";

    public override string YAxis => "% of the VMs' memory";

    public override ImmutableArray<ModelConstant> Constants { get; } =
    [
        new("alike-A", 0.44, "part of memory", Fitted, "ten Windows NT servers of one company with different applications; chosen for shared"),
        new("alike-B", 0.31, "part of memory", Fitted, "nine Linux servers, sizes between 64 and 768 MB (the seven between are assumed); chosen for shared"),
        new("alike-C", 0.115, "part of memory", Fitted, "five Linux servers, between 32 and 512 MB (the three between are assumed), mostly caches; chosen for shared"),
        new("zero", 2.6 / 25.3, "part of alike", Assumed, "the proportion that figure 4 was fitted with"),
        new("library", 7.1 / 25.3, "part of alike", Assumed, "the proportion that figure 4 was fitted with"),
        new("pool", 8.9 / 7.1, "times library", Assumed, "the proportion that figure 4 was fitted with"),
    ];

    public override ExperimentResult Run(ConstantValues constants, CancellationToken stop)
    {
        List<ResultRow> rows = [];
        List<double> shared = [], reclaimed = [];
        foreach (System system in Systems)
        {
            string text = Resources.Text("Scenarios/fig5.yaml").Replace("VMS", Vms(system, constants), StringComparison.Ordinal);
            ScenarioRun run = RunToEnd(ParseWith("fig5", text, constants), stop);
            double all = run.Host.Vms.Sum(vm => Megabytes.Of(vm.Size));
            SharingReport report = run.Host.SharingReport()!.Value;
            shared.Add(100 * Megabytes.Of(report.Shared) / all);
            reclaimed.Add(100 * Megabytes.Of(report.Reclaimed) / all);
            rows.Add(ResultRow.Near($"{system.Name}: shared", Math.Round(100 * system.Shared / system.Total, 1), shared[^1], "%", 5, RowKind.Fitted));
            rows.Add(ResultRow.Near($"{system.Name}: reclaimed", Math.Round(100 * system.Reclaimed / system.Total, 1), reclaimed[^1], "%", 5) with
            {
                Reason = "what these servers have in common lies in smaller groups (the same applications) than one image for all",
            });
            rows.Add(ResultRow.Show($"{system.Name}: zero pages", system.Zero, Megabytes.Of(report.Zero) / Scale, "MB"));
        }

        ImmutableArray<double> x = [1, 2, 3];
        return new ExperimentResult(
            this,
            [.. rows],
            [
                new("published: shared", true, x, [.. Systems.Select(s => 100 * s.Shared / s.Total)]), new("published: reclaimed", true, x, [.. Systems.Select(s => 100 * s.Reclaimed / s.Total)]),
                new("shared", false, x, [.. shared]), new("reclaimed", false, x, [.. reclaimed]),
            ],
            ["Simulated at a quarter of the size; megabytes are scaled back. The paper demands no tolerance here; 5 percentage points are this course's, as for figure 4."]);
    }

    private static string Vms(System system, ConstantValues constants)
    {
        StringBuilder text = new();
        double alike = constants[$"alike-{system.Name}"];
        // The pool is one for all VMs of a system: that of a VM of average size.
        int pool = Math.Max(1, (int)(constants["pool"] * constants["library"] * alike * system.Megabytes.Average() * 256 * Scale));
        for (int i = 0; i < system.Megabytes.Length; i++)
        {
            int pages = (int)(system.Megabytes[i] * 256 * Scale), kernel = 4 + (int)(pages * 0.025), same = (int)(alike * pages);
            int zero = (int)(constants["zero"] * same), library = (int)(constants["library"] * same), image = Math.Max(0, same - zero - library - kernel);
            text.Append(FormattableString.Invariant($"  - name: vm{i + 1}\n    memory: {pages} pages\n    guest: {{ boot-pages: 2560 }}\n"))
                .Append(FormattableString.Invariant($"    workload: {{ kind: image, pages: {pages - kernel} pages, zero: {zero} pages, image: {image} pages, library: {library} pages, pool: {pool} pages, rate: 20 }}\n"));
        }

        return text.ToString();
    }
}
