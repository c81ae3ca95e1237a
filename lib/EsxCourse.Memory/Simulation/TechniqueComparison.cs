using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Memory.Simulation;

// What the techniques of the lecture's second half came to, for one run or for several variants side by side: a table for each
// technique that is in use, a row for each run.

/// <summary>What sharing, colouring and hot I/O remapping came to in one run.</summary>
/// <param name="Name">The run.</param>
/// <param name="Seconds">How long it was, in simulated seconds.</param>
/// <param name="Outcomes">All VMs' outcomes together.</param>
/// <param name="Sharing">What sharing saves at the end; null without sharing.</param>
/// <param name="HotIo">What transfers cost; null where devices reach everything.</param>
/// <param name="ColorMisses">How often a page of another colour than the wanted one had to serve; null without colours.</param>
/// <param name="CacheMissRates">Which part of each VM's accesses missed the simulated cache, by name; empty where none is simulated.</param>
public sealed record TechniqueRow(
    string Name, double Seconds, OutcomeCounts Outcomes, SharingReport? Sharing, HotIoReport? HotIo, long? ColorMisses,
    ImmutableArray<KeyValuePair<string, double>> CacheMissRates)
{
    /// <summary>The row of a host as it is now.</summary>
    /// <param name="name">What the run is called.</param>
    /// <param name="host">The host.</param>
    /// <returns>The row.</returns>
    public static TechniqueRow Of(string name, EsxHost host)
    {
        OutcomeCounts all = new();
        foreach (var vm in host.Vms)
            all.Add(vm.Outcomes);
        return new TechniqueRow(
            name, host.Now.Seconds, all, host.SharingReport(), host.HotIoReport(), host.Options.Coloring is null ? null : host.Machine.ColorMisses,
            host.Options.Coloring is { SimulateCache: true }
                ? [.. host.Vms.Select(vm => KeyValuePair.Create(vm.Name, Rate(vm.Outcomes[Outcome.CacheMiss], vm.Outcomes[Outcome.CacheHit])))]
                : []);
    }

    private static double Rate(long misses, long hits) => misses + hits == 0 ? 0 : (double)misses / (misses + hits);
}

/// <summary>Runs side by side, by technique. Prints as aligned tables; empty for hosts without any of these techniques.</summary>
/// <param name="Rows">A row for each run.</param>
public sealed record TechniqueComparison(ImmutableArray<TechniqueRow> Rows)
{
    /// <summary>Whether a scenario, or one of its variants, uses any of these techniques.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>Whether there is anything to compare.</returns>
    public static bool Concerns(Scenario scenario) => Concerns(scenario.Host) || scenario.Variants.Any(v => Concerns(scenario.As(v).Host));

    /// <summary>Whether a host uses any of these techniques.</summary>
    /// <param name="host">What it is made of.</param>
    /// <returns>Whether there is anything to compare.</returns>
    public static bool Concerns(HostOptions host) => host is { Sharing: not null } or { Coloring: not null } or { HotIo: not null };

    /// <summary>Runs scenarios, one after another.</summary>
    /// <param name="scenarios">Each is a row, under its name.</param>
    /// <param name="seed">Another seed than the scenarios', if given.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The comparison.</returns>
    public static TechniqueComparison Of(IEnumerable<Scenario> scenarios, ulong? seed = null, CancellationToken stop = default)
    {
        List<TechniqueRow> rows = [];
        foreach (Scenario scenario in scenarios)
        {
            ScenarioRun run = new(scenario, seed);
            run.RunToEnd(stop);
            rows.Add(TechniqueRow.Of(scenario.Name, run.Host));
        }

        return new TechniqueComparison([.. rows]);
    }

    /// <summary>The tables.</summary>
    public override string ToString() => string.Join('\n', new[] { SharingTable(), HotIoTable(), ColoringTable(), CacheTable() }.Where(t => t.Length > 0));

    private string SharingTable() => Table(
        Rows.Where(r => r.Sharing is not null),
        ["sharing", "shared", "reclaimed", "zero", "hints", "scans", "stale hints", "false matches", "copies on write", "cpu %"],
        r => [
            r.Name, $"{r.Sharing!.Value.Shared.Value}", $"{r.Sharing.Value.Reclaimed.Value}", $"{r.Sharing.Value.Zero.Value}", $"{r.Sharing.Value.Hints}",
            $"{r.Outcomes[Outcome.SharingScan]}", $"{r.Outcomes[Outcome.StaleHint]}", $"{r.Outcomes[Outcome.FalseMatch]}", $"{r.Outcomes[Outcome.CopyOnWrite]}",
            $"{100 * r.Sharing.Value.CpuTime.Seconds / Math.Max(1e-9, r.Seconds):0.000}"]);

    private string HotIoTable() => Table(
        Rows.Where(r => r.HotIo is not null),
        ["hot I/O", "transfers", "bounced", "remapped", "demoted", "refused", "copies per transfer"],
        r => [
            r.Name, $"{r.HotIo!.Value.Transfers}", $"{r.HotIo.Value.Bounced}", $"{r.HotIo.Value.Remapped}", $"{r.HotIo.Value.Demoted}", $"{r.HotIo.Value.Refused}",
            $"{r.HotIo.Value.CopiesPerTransfer:0.0000}"]);

    private string ColoringTable() => Table(
        Rows.Where(r => r.ColorMisses is not null),
        ["colours", "of another colour", "recoloured"],
        r => [r.Name, $"{r.ColorMisses}", $"{r.Outcomes[Outcome.PageRecolored]}"]);

    private string CacheTable()
    {
        TechniqueRow[] simulated = [.. Rows.Where(r => !r.CacheMissRates.IsEmpty)];
        return simulated.Length == 0 ? "" : Table(
            simulated,
            ["cache misses", .. simulated[0].CacheMissRates.Select(vm => vm.Key)],
            r => [r.Name, .. r.CacheMissRates.Select(vm => $"{vm.Value:0.0000}")]);
    }

    private static string Table(IEnumerable<TechniqueRow> rows, string[] head, Func<TechniqueRow, string[]> line)
    {
        string[][] all = [head, .. rows.Select(line)];
        return all.Length == 1 ? "" : AlignedTable.Of(all);
    }
}
