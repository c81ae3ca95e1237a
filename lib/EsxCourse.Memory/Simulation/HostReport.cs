using System.Collections.Immutable;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Memory.Simulation;

// What a run comes to, as numbers and as text: the host in a line, its VMs, the four states, and how often each outcome came. A host of a few VMs
// has a line and a column for each; a data centre's would have a thousand columns, so its VMs are added up by name.
//
// Always: the text follows from the record alone, so equal runs print the same bytes.

/// <summary>One VM's line in a report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its "physical" memory.</param>
/// <param name="Min">Its guaranteed memory.</param>
/// <param name="Shares">Its shares.</param>
/// <param name="Target">What it should hold at most.</param>
/// <param name="Allocated">What it holds.</param>
/// <param name="Active">What it actively uses, as estimated.</param>
/// <param name="Ballooned">What is in its balloon.</param>
/// <param name="Swapped">What is in the host's swap space.</param>
/// <param name="Operations">Operations that its workload has done.</param>
/// <param name="Outcomes">What came of its touches, and how often.</param>
public sealed record VmReport(
    string Name, PageCount Size, PageCount Min, Shares Shares, PageCount Target, PageCount Allocated, PageCount Active,
    PageCount Ballooned, PageCount Swapped, long Operations, ImmutableArray<KeyValuePair<Outcome, long>> Outcomes);

/// <summary>A state of the host in a report.</summary>
/// <param name="State">Which.</param>
/// <param name="Time">How long the host was in it.</param>
/// <param name="Entered">How often it came into it from another.</param>
public readonly record struct StateReport(ReclamationState State, SimDuration Time, long Entered);

/// <summary>What happened on a host so far. Prints as aligned tables.</summary>
/// <param name="Time">The moment of the report.</param>
/// <param name="State">Its state.</param>
/// <param name="MachineMemory">All frames.</param>
/// <param name="Free">Free frames.</param>
/// <param name="SwapUsed">Slots of the swap space in use.</param>
/// <param name="Vms">Every VM.</param>
/// <param name="Outcomes">Outcomes of all VMs together.</param>
/// <param name="States">All four states.</param>
public sealed record HostReport(
    SimTime Time, ReclamationState State, PageCount MachineMemory, PageCount Free, PageCount SwapUsed,
    ImmutableArray<VmReport> Vms, ImmutableArray<KeyValuePair<Outcome, long>> Outcomes, ImmutableArray<StateReport> States)
{
    // Beyond so many VMs a table has too many columns to be read.
    private const int MostVmsInATable = 32;

    /// <summary>The tables: the host, its VMs, and every outcome that came. Of many VMs, those that differ only in the number behind their name (<c>idle-1</c>, <c>idle-2</c>) are one line.</summary>
    public override string ToString()
    {
        if (Vms.Length > MostVmsInATable)
            return (this with { Vms = [.. Vms.GroupBy(vm => (Stem(vm.Name), vm.Size)).Select(Together)] }).Tables();
        return Tables();
    }

    private static string Stem(string name) => name.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']).TrimEnd('-');

    private static VmReport Together(IGrouping<(string Stem, PageCount Size), VmReport> group)
    {
        PageCount Sum(Func<VmReport, PageCount> of) => new(group.Sum(vm => of(vm).Value));
        return new VmReport(
            $"{group.Key.Stem} ({group.Count()} VMs)", Sum(vm => vm.Size), Sum(vm => vm.Min), new Shares(group.Sum(vm => vm.Shares.Value)), Sum(vm => vm.Target), Sum(vm => vm.Allocated),
            Sum(vm => vm.Active), Sum(vm => vm.Ballooned), Sum(vm => vm.Swapped), group.Sum(vm => vm.Operations),
            [.. group.SelectMany(vm => vm.Outcomes).GroupBy(o => o.Key).Select(o => KeyValuePair.Create(o.Key, o.Sum(x => x.Value)))]);
    }

    private string Tables()
    {
        StringBuilder text = new();
        text.Append($"after {Time}: state {State}, {MachineMemory} of machine memory, {Free.Value} free, {SwapUsed.Value} in swap space").Append('\n');
        List<string[]> rows = [["VM", "size", "min", "shares", "target", "allocated", "active", "ballooned", "swapped", "operations"]];
        rows.AddRange(Vms.Select(v => new[]
        {
            v.Name, $"{v.Size.Value}", $"{v.Min.Value}", $"{v.Shares.Value}", $"{v.Target.Value}", $"{v.Allocated.Value}", $"{v.Active.Value}",
            $"{v.Ballooned.Value}", $"{v.Swapped.Value}", $"{v.Operations}",
        }));
        text.Append(AlignedTable.Of(rows));
        text.Append('\n');
        rows = [["state", "seconds", "entered"], .. States.Select(s => (string[])[$"{s.State}", $"{s.Time.Seconds:0.0}", $"{s.Entered}"])];
        text.Append(AlignedTable.Of(rows));
        text.Append('\n');
        rows = [["outcome", .. Vms.Select(v => v.Name), "all"]];
        rows.AddRange(Outcomes.Select(o => (string[])[$"{o.Key}", .. Vms.Select(v => $"{v.Outcomes.FirstOrDefault(x => x.Key == o.Key).Value}"), $"{o.Value}"]));
        text.Append(AlignedTable.Of(rows));
        return text.ToString();
    }
}
