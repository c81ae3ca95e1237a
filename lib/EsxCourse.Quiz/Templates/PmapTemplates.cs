using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// "Look at this pmap: what happens next?" A host is run until a VM has pages in many states, its pmap is drawn, and one page is touched: what the
// host then had to do is the answer (OSDI '02 §2, §3.2, §4.1; slide "Ballooning!").
internal static class PmapTemplates
{
    private const int VmPages = 48;

    // What each outcome means for the guest, as the options say it.
    private static readonly (Outcome Outcome, string Says, string Why)[] Options =
    [
        (Outcome.Hit, "The access just works: a machine page is mapped", "Mapped pages, and reads of shared ones, need no help."),
        (Outcome.FirstTouch, "ESX puts a zeroed machine page behind it, as on any first touch", "The page was unbacked: nobody has used it yet."),
        (Outcome.BalloonPop, "The balloon pops: a new zeroed page is put behind it, and the driver will start over", "The page was in the balloon, its machine page long given away."),
        (Outcome.CopyOnWrite, "The writer gets a private copy; the others go on sharing", "A shared page is read-only until somebody writes."),
    ];

    public static IReadOnlyList<ItemTemplate> All { get; } = [new("pmap-touch", "pmap", "What a touch does", ["slide: Ballooning!", "§2", "§3.2", "§4.1"], Touch)];

    private static ChoiceDraft Touch(SeedStream draw)
    {
        SharingOptions sharing = new() { PagesPerSecondPerVm = VmPages, PagesPerSecond = 8 * VmPages, Scan = ScanPolicy.Sequential };
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(8 * VmPages), Sharing = sharing, Seed = draw.Bits() });
        VirtualMachine vm = host.AddVm(new VmOptions("VM", new PageCount(VmPages)) { Guest = new GuestOptions { KernelFraction = 0, KernelBase = new PageCount(2) } });
        for (int ppn = 4; ppn < 40; ppn++)
            if (draw.Between(0, 2) > 0)
                host.Touch(vm, new Ppn(ppn), draw.Between(0, 1) == 0 ? AccessKind.Read : AccessKind.Write);
        host.SetBalloonTarget(vm, new PageCount(draw.Between(6, 14)));
        for (int second = 0; second < 3; second++)
            host.Step();

        PmapSnapshot before = host.Snapshot(vm);
        PmapState[] there = [.. before.States.Distinct().Where(state => state != PmapState.Swapped).Order()];
        PmapState state = draw.OneOf(there);
        Ppn touched = draw.OneOf<Ppn>([.. Enumerable.Range(0, VmPages).Select(ppn => new Ppn(ppn)).Where(ppn => before[ppn] == state)]);
        AccessKind kind = state == PmapState.Shared || draw.Between(0, 1) == 0 ? AccessKind.Write : AccessKind.Read;
        Outcome outcome = host.Touch(vm, touched, kind);
        string letters = before.ToString();
        return new ChoiceDraft(
            $"This is the pmap of a VM, one letter a page from PPN 0 (. unbacked, M mapped, S shared, B ballooned, s swapped). The guest {(kind == AccessKind.Write ? "writes to" : "reads")} PPN {touched.Value}. What happens?",
            [.. Options.Select(option => new Option(
                option.Says, option.Outcome == outcome,
                option.Outcome == outcome ? option.Why : $"PPN {touched.Value} is {state.ToString().ToLowerInvariant()}. {option.Why}",
                option.Outcome == outcome ? null : $"took the page for one that ends in {option.Outcome}"))],
            $"PPN {touched.Value} is {state.ToString().ToLowerInvariant()}; after the touch it is {vm.StateOf(touched).ToString().ToLowerInvariant()}.")
        {
            Picture = string.Join('\n', letters.Replace("\n", "", StringComparison.Ordinal).Chunk(16).Select((row, at) => $"{16 * at,4}  {string.Join(' ', row.Chunk(4).Select(four => new string(four)))}")),
            Worked = [$"find PPN {touched.Value} in the picture: {state.ToString().ToLowerInvariant()}", $"a {(kind == AccessKind.Write ? "write to" : "read of")} it: {Options.First(option => option.Outcome == outcome).Says.ToLowerInvariant()}"],
        };
    }
}
