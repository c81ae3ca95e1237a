using System.Collections.Immutable;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Simulation;

// The same scenario run in several ways, side by side. Made for double paging (OSDI '02 §3.3): the same workload under a host that
// pages out by LRU, at random, or asks the balloon.

/// <summary>What came of one variant, over all VMs.</summary>
/// <param name="Name">The variant.</param>
/// <param name="Operations">Operations that the workloads did.</param>
/// <param name="HostPageOuts">Pages that the host wrote to its swap space.</param>
/// <param name="HostPageIns">Pages that the host read back.</param>
/// <param name="GuestPageOuts">Pages that guests evicted to their swap areas.</param>
/// <param name="GuestPageIns">Pages that guests read back.</param>
/// <param name="DiskTransfers">Pages moved between memory and disk for paging, in all.</param>
/// <param name="PathologicalPageOuts">Pages that the host had paged out and the guest evicted next: read in only to be written again, or, with a
/// trapped paging disk, not.</param>
public sealed record ComparisonRow(
    string Name, long Operations, long HostPageOuts, long HostPageIns, long GuestPageOuts, long GuestPageIns, long DiskTransfers, long PathologicalPageOuts)
{
    /// <summary>Which part of the guests' page-outs was of a page that the host had paged out already, from 0 to 1.</summary>
    public double PathologicalRate => GuestPageOuts == 0 ? 0 : (double)PathologicalPageOuts / GuestPageOuts;
}

/// <summary>A scenario run in several ways. Prints as an aligned table.</summary>
/// <param name="Rows">A row for each variant.</param>
public sealed record ScenarioComparison(ImmutableArray<ComparisonRow> Rows)
{
    /// <summary>Runs every variant of a scenario.</summary>
    /// <param name="scenario">A scenario with variants; without any it is run as it is.</param>
    /// <param name="seed">Another seed than the scenario's, if given.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The comparison.</returns>
    public static ScenarioComparison Of(Scenario scenario, ulong? seed = null, CancellationToken stop = default)
    {
        List<ComparisonRow> rows = [];
        foreach (Scenario variant in scenario.Variants.IsEmpty ? [scenario] : scenario.Variants.Select(scenario.As))
        {
            ScenarioRun run = new(variant, seed);
            run.RunToEnd(stop);
            rows.Add(Row(variant.Name, run.Host));
        }

        return new ScenarioComparison([.. rows]);
    }

    private static ComparisonRow Row(string name, EsxHost host)
    {
        OutcomeCounts all = new();
        foreach (var vm in host.Vms)
            all.Add(vm.Outcomes);
        // A trapped page-out moves nothing; every other one is a transfer.
        return new ComparisonRow(
            name, host.Report().Vms.Sum(v => v.Operations), all[Outcome.SwapOut], all[Outcome.SwapIn], all[Outcome.GuestPageOut], all[Outcome.GuestPageIn],
            all[Outcome.SwapOut] + all[Outcome.SwapIn] + all[Outcome.GuestPageOut] - all[Outcome.TrappedPageOut] + all[Outcome.GuestPageIn],
            all[Outcome.DoublePaging] + all[Outcome.TrappedPageOut]);
    }

    /// <summary>The table.</summary>
    public override string ToString() => AlignedTable.Of(
        [
            ["variant", "operations", "host out", "host in", "guest out", "guest in", "disk transfers", "pathological", "of guest's"],
            .. Rows.Select(r => (string[])[
                r.Name, $"{r.Operations}", $"{r.HostPageOuts}", $"{r.HostPageIns}", $"{r.GuestPageOuts}", $"{r.GuestPageIns}", $"{r.DiskTransfers}",
                $"{r.PathologicalPageOuts}", $"{r.PathologicalRate * 100:0.0} %"]),
        ]);
}
