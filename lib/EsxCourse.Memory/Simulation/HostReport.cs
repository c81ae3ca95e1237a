using System.Collections.Immutable;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Simulation;

/// <summary>One VM's line in a report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its "physical" memory.</param>
/// <param name="Shares">Its shares.</param>
/// <param name="Target">What it should hold at most.</param>
/// <param name="Allocated">What it holds.</param>
/// <param name="Ballooned">What is in its balloon.</param>
/// <param name="Swapped">What is in the host's swap space.</param>
/// <param name="Outcomes">What came of its touches, and how often.</param>
public sealed record VmReport(
    string Name, PageCount Size, Shares Shares, PageCount Target, PageCount Allocated, PageCount Ballooned, PageCount Swapped,
    ImmutableArray<KeyValuePair<Outcome, long>> Outcomes);

/// <summary>What happened on a host so far. Prints as aligned tables.</summary>
/// <param name="Time">The moment of the report.</param>
/// <param name="MachineMemory">All frames.</param>
/// <param name="Free">Free frames.</param>
/// <param name="SwapUsed">Slots of the swap space in use.</param>
/// <param name="Vms">Every VM.</param>
/// <param name="Outcomes">Outcomes of all VMs together.</param>
public sealed record HostReport(
    SimTime Time, PageCount MachineMemory, PageCount Free, PageCount SwapUsed,
    ImmutableArray<VmReport> Vms, ImmutableArray<KeyValuePair<Outcome, long>> Outcomes)
{
    /// <summary>The tables: the host, its VMs, and every outcome that came.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine($"after {Time}: {MachineMemory} of machine memory, {Free.Value} free, {SwapUsed.Value} in swap space");
        List<string[]> rows = [["VM", "size", "shares", "target", "allocated", "ballooned", "swapped"]];
        rows.AddRange(Vms.Select(v => new[]
        {
            v.Name, $"{v.Size.Value}", $"{v.Shares.Value}", $"{v.Target.Value}", $"{v.Allocated.Value}", $"{v.Ballooned.Value}", $"{v.Swapped.Value}",
        }));
        Table(text, rows);
        text.AppendLine();
        rows = [["outcome", .. Vms.Select(v => v.Name), "all"]];
        rows.AddRange(Outcomes.Select(o => (string[])[$"{o.Key}", .. Vms.Select(v => $"{v.Outcomes.FirstOrDefault(x => x.Key == o.Key).Value}"), $"{o.Value}"]));
        Table(text, rows);
        return text.ToString();
    }

    private static void Table(StringBuilder text, List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            text.AppendLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
