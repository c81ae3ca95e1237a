using System.Collections.Immutable;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using static EsxCourse.Experiments.ConstantOrigin;

namespace EsxCourse.Experiments;

// Figure 4 (OSDI '02 §4.4): 1 to 10 identical Linux VMs of 40 MB. Four kinds of pages (ImageWorkload). How many there are of each follows from
// the published values for one and two VMs, which are all that was looked at:
//
//   one VM     6.6 MB shared, 4.9 reclaimed, 2.7 zero (5.2 in two: 2.6 each). 3.9 MB other shared pages in 1.7 MB of frames: 2.3 pages
//              a frame, which a draw of 0.8 pages for each of a pool gives. Such a draw shares 55 % of itself: it is 7.1 MB, of a pool of 8.9.
//   two VMs    47.7 MB shared: less zeroes (5.2) and two draws (14.2 at 1.6 a page, of which 80 % share: 11.3) leave 15.6 MB of image each
//
// Whatever comes out for three to ten VMs is predicted.

internal sealed class SharingByVms : Experiment
{
    public override string Name => "fig4";

    public override string Title => "Content-based sharing: one to ten identical Linux VMs";

    public override string Source => "OSDI '02 §4.4, figure 4";

    public override string XAxis => "VMs";

    public override string YAxis => "% of the VMs' memory";

    public override ImmutableArray<ModelConstant> Constants { get; } =
    [
        new("load-pages", 9673, "pages", Given, "a VM of the figure holds 38.8 MB; 260 pages of that are the guest's own kernel"),
        new("zero-pages", 666, "pages", Fitted, "2.6 MB: zero pages of two VMs (5.2 MB)"),
        new("image-pages", 3734, "pages", Fitted, "15.6 MB, less the kernel's: what two VMs share beyond zeroes and libraries"),
        new("library-pages", 1818, "pages", Fitted, "7.1 MB: what one VM shares with itself beyond zeroes"),
        new("pool-pages", 2278, "pages", Fitted, "8.9 MB: 2.3 pages for each such frame of one VM"),
        new("shared-writes", 0.02, "part of writes", Assumed, "SPEC95 writes its own arrays; a page of the kernel or of a library is written now and then"),
        new("seconds", 1800, "s", Assumed, "four rounds of the scan with ten VMs"),
    ];

    public override ExperimentResult Run(ConstantValues constants, CancellationToken stop)
    {
        List<ResultRow> rows = [];
        List<double> vms = [], shared = [], reclaimed = [], zero = [], publishedShared = [], publishedReclaimed = [];
        long firstTouches = 0, scans = 0, copies = 0;
        foreach (string[] line in Resources.Lines("fig4"))
        {
            int n = (int)Resources.Number(line[0]);
            double published = Resources.Number(line[1]);
            ScenarioRun run = RunToEnd(ScenarioOf("fig4", constants, ("vms", n)), stop);
            double all = run.Host.Vms.Sum(vm => Megabytes.Of(vm.Allocated));
            SharingReport report = run.Host.SharingReport()!.Value;
            vms.Add(n);
            shared.Add(100 * Megabytes.Of(report.Shared) / all);
            reclaimed.Add(100 * Megabytes.Of(report.Reclaimed) / all);
            zero.Add(Megabytes.Of(report.Zero));
            publishedShared.Add(100 * Resources.Number(line[2]) / published);
            publishedReclaimed.Add(100 * Resources.Number(line[3]) / published);
            RowKind kind = n <= 2 ? RowKind.Fitted : RowKind.Predicted;
            rows.Add(ResultRow.Near($"{n} VMs: shared", Math.Round(publishedShared[^1], 1), shared[^1], "%", 5, kind));
            rows.Add(ResultRow.Near($"{n} VMs: reclaimed", Math.Round(publishedReclaimed[^1], 1), reclaimed[^1], "%", 5, kind));
            rows.Add(ResultRow.Show($"{n} VMs: zero pages", Resources.Number(line[4]), zero[^1], "MB"));
            if (n == 1)
            {
                rows.Add(ResultRow.Near("one VM alone reclaims", 4.9, Megabytes.Of(report.Reclaimed), "MB", 1, RowKind.Fitted));
                rows.Add(new("of which zero pages", 55, 100 * (report.Zero.Value - 1.0) / report.Reclaimed.Value, "%", RowKind.Fitted, Least: 50));
            }

            firstTouches += run.Host.Vms.Sum(vm => vm.Outcomes[Outcome.FirstTouch]);
            scans += run.Host.Vms.Sum(vm => vm.Outcomes[Outcome.SharingScan]);
            copies += run.Host.Vms.Sum(vm => vm.Outcomes[Outcome.CopyOnWrite]);
        }

        rows.Add(new("first touches", null, firstTouches, "pages", RowKind.Shown, Least: 1));
        rows.Add(new("pages scanned", null, scans, "pages", RowKind.Shown, Least: 1));
        rows.Add(new("copies on write", null, copies, "pages", RowKind.Shown, Least: 1));
        ImmutableArray<double> x = [.. vms];
        return new ExperimentResult(
            this,
            [.. rows],
            [
                new("published: shared", true, x, [.. publishedShared]), new("published: reclaimed", true, x, [.. publishedReclaimed]),
                new("shared", false, x, [.. shared]), new("reclaimed", false, x, [.. reclaimed]),
            ],
            ["The contents were fitted to one and two VMs alone. Three to ten are predictions."]);
    }
}
