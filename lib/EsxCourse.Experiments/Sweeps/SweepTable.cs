using System.Globalization;

namespace EsxCourse.Experiments;

/// <summary>A value of a sweep, over all its seeds: means, and how far the operations spread.</summary>
/// <param name="Value">The value.</param>
/// <param name="Vms">The VMs: the means of what they held and did.</param>
/// <param name="Operations">Operations of all VMs, the mean.</param>
/// <param name="LeastOperations">Operations of the seed with the fewest.</param>
/// <param name="MostOperations">Operations of the seed with the most.</param>
/// <param name="SwapTransfers">Pages to and from the host's swap space, the mean.</param>
/// <param name="SecondsUnderPressure">Seconds in another state than high, the mean.</param>
public sealed record SweepRow(string Value, IReadOnlyList<SweptVm> Vms, double Operations, long LeastOperations, long MostOperations, double SwapTransfers, double SecondsUnderPressure)
{
    /// <summary>A row for each value, in the order of the runs.</summary>
    /// <param name="points">All runs.</param>
    /// <returns>The rows.</returns>
    public static IReadOnlyList<SweepRow> Of(IReadOnlyList<SweepPoint> points) => [.. points.GroupBy(point => point.Value).Select(Of)];

    /// <summary>The value as a number, without its unit, for an axis; null if it is a word.</summary>
    public double? Number => double.TryParse(Value.TrimEnd([.. "KMGTiB "]), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static SweepRow Of(IGrouping<string, SweepPoint> seeds) => new(
        seeds.Key,
        [.. seeds.First().Vms.Select((vm, i) => new SweptVm(vm.Name, seeds.Average(point => point.Vms[i].AllocatedMiB), (long)Math.Round(seeds.Average(point => point.Vms[i].Operations))))],
        seeds.Average(point => point.Operations),
        seeds.Min(point => point.Operations),
        seeds.Max(point => point.Operations),
        seeds.Average(point => point.SwapTransfers),
        seeds.Average(point => point.SecondsUnderPressure));
}
