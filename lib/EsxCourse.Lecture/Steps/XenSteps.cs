using EsxCourse.Memory.Alternatives;

namespace EsxCourse.Lecture;

/// <summary>Moments of Xen's frames: the type of each, its count of references, whose it is (SOSP '03 §3.3.3).</summary>
public static class XenSteps
{
    private static readonly Dictionary<XenFrameType, StepKind> Kinds = new()
    {
        [XenFrameType.None] = new('·', "no type", "#e3e7ea"),
        [XenFrameType.PageDirectory] = new('D', "page directory (PD)", LectureChart.Palette[0]),
        [XenFrameType.PageTable] = new('T', "page table (PT)", LectureChart.Palette[5]),
        [XenFrameType.LocalDescriptorTable] = new('L', "LDT", LectureChart.Palette[4]),
        [XenFrameType.GlobalDescriptorTable] = new('G', "GDT", LectureChart.Palette[1]),
        [XenFrameType.Writable] = new('W', "writable (RW)", LectureChart.Palette[3]),
    };

    /// <summary>All frames as they are now.</summary>
    /// <param name="tables">Xen.</param>
    /// <param name="owners">The domain that owns each frame, indexed by frame.</param>
    /// <param name="caption">What happened, in a sentence.</param>
    /// <returns>The moment: a grid for each domain.</returns>
    public static StepFrame Frame(XenPageTables tables, IReadOnlyList<int> owners, string caption) => new(
        caption,
        [
            .. owners.Distinct().Select(domain => new StepGrid($"frames of domain {domain}", [.. Enumerable.Range(0, owners.Count).Where(frame => owners[frame] == domain).Select(frame => new StepCell(
                Kinds[tables.TypeOf(frame)], $"frame {frame}: {Kinds[tables.TypeOf(frame)].Name}, {tables.CountOf(frame)} references{(tables.IsPinned(frame) ? ", pinned" : "")}"))])),
        ]);
}
