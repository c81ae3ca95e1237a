using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Lecture;

/// <summary>Grids of what the memory manager has: a VM's pmap, the machine's frames.</summary>
/// <remarks>Colours are those of <see cref="LectureChart.Palette"/>, so that a state or a VM looks the same in grids and charts.</remarks>
public static class MemoryGrids
{
    private const string Empty = "#e3e7ea";

    private static readonly ImmutableArray<StepKind> States =
    [
        new('·', "unbacked", Empty),
        new('M', "mapped", LectureChart.Palette[0]),
        new('S', "shared", LectureChart.Palette[2]),
        new('B', "ballooned", LectureChart.Palette[3]),
        new('s', "swapped", LectureChart.Palette[4]),
    ];

    private static readonly StepKind NoEntry = new('·', "no shadow entry", Empty);
    private static readonly StepKind Entry = new('→', "shadow entry", LectureChart.Palette[6]);
    private static readonly StepKind FreeFrame = new('·', "free frame", Empty);
    private static readonly StepKind HostFrame = new('H', "frame of the host", "#8a8a8a");
    private static readonly StepKind SharedFrame = new('S', "shared frame", LectureChart.Palette[2]);
    private static readonly string[] VmColours = [LectureChart.Palette[5], LectureChart.Palette[1], LectureChart.Palette[6], LectureChart.Palette[0], LectureChart.Palette[4]];

    /// <summary>What a state of a pmap entry looks like.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Its entry of the legend.</returns>
    public static StepKind KindOf(PmapState state) => States[(int)state];

    /// <summary>A VM's pmap.</summary>
    /// <param name="title">The grid's title.</param>
    /// <param name="pmap">The pmap at one moment.</param>
    /// <param name="mpnOf">The machine page behind a page, where known.</param>
    /// <returns>A cell for each PPN.</returns>
    public static StepGrid Pmap(string title, PmapSnapshot pmap, Func<Ppn, Mpn?>? mpnOf = null) => new(
        title,
        [
            .. pmap.States.Select((state, i) => new StepCell(
                KindOf(state), $"{new Ppn(i)}: {KindOf(state).Name}{(mpnOf?.Invoke(new Ppn(i)) is { } mpn ? $", {mpn}" : "")}")),
        ]);

    /// <summary>A VM's shadow page table: which virtual pages the hardware can translate without asking the host.</summary>
    /// <param name="title">The grid's title.</param>
    /// <param name="pages">How many virtual pages, from 0 on.</param>
    /// <param name="mpnOf">The machine page that an entry leads to; null without an entry.</param>
    /// <returns>A cell for each virtual page.</returns>
    public static StepGrid Shadow(string title, int pages, Func<Vpn, Mpn?> mpnOf) => new(
        title,
        [
            .. Enumerable.Range(0, pages).Select(page => new Vpn(page)).Select(vpn => mpnOf(vpn) is { } mpn
                ? new StepCell(Entry, $"{vpn}: leads to {mpn}")
                : new StepCell(NoEntry, $"{vpn}: no entry")),
        ]);

    /// <summary>The machine's frames, each with whom it serves.</summary>
    /// <param name="title">The grid's title.</param>
    /// <param name="mappers">For each MPN the VMs' pages that map it; none for a free frame.</param>
    /// <param name="vmName">What a VM is called.</param>
    /// <param name="hosts">The frames that the host keeps for itself, if any.</param>
    /// <returns>A cell for each MPN.</returns>
    public static StepGrid Machine(string title, IReadOnlyList<IReadOnlyList<(VmId Vm, Ppn Ppn)>> mappers, Func<VmId, string> vmName, IEnumerable<Mpn>? hosts = null)
    {
        HashSet<Mpn> own = [.. hosts ?? []];
        return new StepGrid(title, [.. mappers.Select((pages, i) => new StepCell(KindOf(new Mpn(i), pages), $"{new Mpn(i)}: {UseOf(new Mpn(i), pages)}"))]);

        StepKind KindOf(Mpn mpn, IReadOnlyList<(VmId Vm, Ppn Ppn)> pages) => pages.Count switch
        {
            0 => own.Contains(mpn) ? HostFrame : FreeFrame,
            1 => new StepKind((char)('1' + pages[0].Vm.Value), $"frame of {vmName(pages[0].Vm)}", VmColours[pages[0].Vm.Value % VmColours.Length]),
            _ => SharedFrame,
        };

        string UseOf(Mpn mpn, IReadOnlyList<(VmId Vm, Ppn Ppn)> pages) => pages.Count switch
        {
            0 => own.Contains(mpn) ? "the host's own" : "free",
            _ => string.Join(", ", pages.Select(page => $"{vmName(page.Vm)} {page.Ppn}")),
        };
    }
}
