using System.Numerics;

namespace EsxCourse.Scan;

// The paper's words (§4.3): of all pages, those with a twin are *shared*; sharing leaves one copy of each contents, so what is
// *reclaimed* is shared pages less copies kept. Zero pages are counted in both, as the paper counts them, and once more by themselves.

/// <summary>Counts of equal pages, of one size.</summary>
public sealed class PageCounts
{
    /// <summary>How many places of a contents are reported.</summary>
    private const int MaxPlaces = 3;

    private readonly int most;
    private readonly Dictionary<ulong, long> contentsByParts = [];

    internal PageCounts(int most) => this.most = most;

    /// <summary>Pages that were read.</summary>
    public long Total { get; private set; }

    /// <summary>Pages that have a twin.</summary>
    public long Shared { get; private set; }

    /// <summary>Different contents: the pages that would be left.</summary>
    public long Distinct { get; private set; }

    /// <summary>Pages of zeros.</summary>
    public long Zero { get; private set; }

    /// <summary>Pages that sharing would give back.</summary>
    public long Reclaimed => Total - Distinct;

    /// <summary>The most shared contents, the most shared first.</summary>
    internal List<SharedContents> MostShared { get; } = [];

    /// <summary>Adds sorted records, all that there are of the contents in them.</summary>
    internal void Add(ReadOnlySpan<PageRecord> sorted, int[] partOfSource)
    {
        for (int from = 0; from < sorted.Length;)
        {
            int to = from;
            (long pages, ulong parts) = (0, 0);
            for (; to < sorted.Length && sorted[to].SameContents(sorted[from]); to++)
                (pages, parts) = (pages + sorted[to].Count, parts | (1UL << partOfSource[sorted[to].Source]));
            AddContents(sorted[from..to], pages, parts);
            from = to;
        }
    }

    /// <summary>Adds another thread's counts.</summary>
    internal void Add(PageCounts other)
    {
        Total += other.Total;
        Shared += other.Shared;
        Distinct += other.Distinct;
        Zero += other.Zero;
        foreach ((ulong parts, long contents) in other.contentsByParts)
            contentsByParts[parts] = contentsByParts.GetValueOrDefault(parts) + contents;
        foreach (SharedContents contents in other.MostShared)
            Keep(contents);
    }

    /// <summary>Contents, other than zeros, that both parts hold: pages that one need not hold because the other does.</summary>
    internal long InBoth(int first, int second)
    {
        ulong both = (1UL << first) | (1UL << second);
        return contentsByParts.Where(entry => (entry.Key & both) == both).Sum(entry => entry.Value);
    }

    /// <summary>Adds the records of one contents, a record for each source that holds it.</summary>
    private void AddContents(ReadOnlySpan<PageRecord> holders, long pages, ulong parts)
    {
        bool zero = PageHasher.IsZero(holders[0].Hash) || PageHasher.IsLargeZero(holders[0].Hash);
        Total += pages;
        Distinct++;
        if (zero)
            Zero += pages;
        if (pages == 1)
            return;
        Shared += pages;
        if (!zero && BitOperations.PopCount(parts) > 1)
            contentsByParts[parts] = contentsByParts.GetValueOrDefault(parts) + 1;
        if (most > 0 && (MostShared.Count < most || pages >= MostShared[^1].Pages))
            Keep(new SharedContents(zero, pages, holders.Length, holders[..Math.Min(holders.Length, MaxPlaces)].ToArray()));
    }

    private void Keep(SharedContents contents)
    {
        int at = MostShared.FindIndex(other => other.Pages < contents.Pages || (other.Pages == contents.Pages && other.Holders[0].CompareTo(contents.Holders[0]) > 0));
        MostShared.Insert(at < 0 ? MostShared.Count : at, contents);
        if (MostShared.Count > most)
            MostShared.RemoveAt(most);
    }
}

/// <summary>Contents that many pages have.</summary>
internal sealed record SharedContents(bool IsZero, long Pages, int Sources, PageRecord[] Holders);
