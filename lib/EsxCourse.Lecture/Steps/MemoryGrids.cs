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

    private static readonly StepKind FreeFrame = new('·', "free frame", Empty);
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

    /// <summary>The machine's frames, each with whom it serves.</summary>
    /// <param name="title">The grid's title.</param>
    /// <param name="mappers">For each MPN the VMs' pages that map it; none for a free frame.</param>
    /// <param name="vmName">What a VM is called.</param>
    /// <returns>A cell for each MPN.</returns>
    public static StepGrid Machine(string title, IReadOnlyList<IReadOnlyList<(VmId Vm, Ppn Ppn)>> mappers, Func<VmId, string> vmName) => new(
        title,
        [
            .. mappers.Select((pages, i) => new StepCell(
                pages.Count switch
                {
                    0 => FreeFrame,
                    1 => new StepKind((char)('1' + pages[0].Vm.Value), $"frame of {vmName(pages[0].Vm)}", VmColours[pages[0].Vm.Value % VmColours.Length]),
                    _ => SharedFrame,
                },
                $"{new Mpn(i)}: {(pages.Count == 0 ? "free" : string.Join(", ", pages.Select(page => $"{vmName(page.Vm)} {page.Ppn}")))}")),
        ]);
}
