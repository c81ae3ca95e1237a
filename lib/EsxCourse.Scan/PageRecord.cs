using System.Runtime.InteropServices;

namespace EsxCourse.Scan;

/// <summary>
/// Pages of one source with the same contents: the identity of the contents, the first of the pages, and how many there are. It begins as one page;
/// records of the same contents and source are merged whenever memory is short, so that a disk full of equal pages takes no more room than one.
/// Records sort by contents first and by place second, so that results do not depend on which thread came first. Written to disk as it lies in memory.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct PageRecord(ulong HashHigh, ulong HashLow, int Source, uint Page, uint Count) : IComparable<PageRecord>
{
    /// <summary>Bytes of a record in memory and on disk.</summary>
    public const int Size = 28;

    public static PageRecord Of(UInt128 hash, int source, long page) => new((ulong)(hash >> 64), (ulong)hash, source, (uint)page, 1);

    public UInt128 Hash => ((UInt128)HashHigh << 64) | HashLow;

    public bool SameContents(PageRecord other) => HashHigh == other.HashHigh && HashLow == other.HashLow;

    /// <summary>Sorts records and merges those of one contents and source, in place; returns how many are left.</summary>
    public static int SortAndMerge(Span<PageRecord> records)
    {
        records.Sort();
        int kept = 0;
        for (int i = 0; i < records.Length; i++)
        {
            if (kept > 0 && records[kept - 1].Source == records[i].Source && records[kept - 1].SameContents(records[i]))
                records[kept - 1] = records[kept - 1] with { Count = records[kept - 1].Count + records[i].Count };
            else
                records[kept++] = records[i];
        }

        return kept;
    }

    public int CompareTo(PageRecord other)
    {
        int order = HashHigh.CompareTo(other.HashHigh);
        if (order == 0)
            order = HashLow.CompareTo(other.HashLow);
        if (order == 0)
            order = Source.CompareTo(other.Source);
        return order == 0 ? Page.CompareTo(other.Page) : order;
    }
}
