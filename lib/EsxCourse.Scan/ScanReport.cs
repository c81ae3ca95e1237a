namespace EsxCourse.Scan;

/// <summary>What content-based sharing would find in real memory.</summary>
public sealed class ScanReport
{
    private readonly ScanInput input;

    internal ScanReport(ScanInput input, PageCounts small, PageCounts large) => (this.input, Small, Large) = (input, small, large);

    /// <summary>Counts of 4 KiB pages.</summary>
    public PageCounts Small { get; }

    /// <summary>Counts of whole, aligned 2 MiB pages; what does not fill one is not among them.</summary>
    public PageCounts Large { get; }

    /// <summary>What is compared with what.</summary>
    public IReadOnlyList<string> Parts => input.Parts;

    /// <summary>Files and processes that were read.</summary>
    public int Sources => input.Sources.Count;

    /// <summary>What could not be read as it stood when the scan began.</summary>
    public required IReadOnlyList<ScanProblem> Problems { get; init; }

    /// <summary>Records that did not fit the budget and went through temporary files.</summary>
    public required long RecordsOnDisk { get; init; }

    /// <summary>The contents with the most copies, and where they lie.</summary>
    public IEnumerable<MostShared> Most => Small.MostShared.Select(contents =>
        new MostShared(contents.Pages, contents.IsZero, contents.Sources, [.. contents.Holders.Select(Place)]));

    /// <summary>For each pair of parts that have any, the contents (other than zeros) that both hold, the most first.</summary>
    public IReadOnlyList<SharedByPair> Pairs =>
    [
        .. from first in Enumerable.Range(0, Parts.Count)
           from second in Enumerable.Range(first + 1, Parts.Count - first - 1)
           let pages = Small.InBoth(first, second)
           where pages > 0
           orderby pages descending, first, second
           select new SharedByPair(Parts[first], Parts[second], pages),
    ];

    private string Place(PageRecord record) => input.Sources[record.Source].PlaceAt((long)record.Page * PageHasher.PageSize);
}

/// <summary>Contents that many pages have.</summary>
/// <param name="Pages">How many.</param>
/// <param name="IsZero">Whether it is the page of zeros.</param>
/// <param name="Sources">How many files and processes hold them.</param>
/// <param name="Places">Where the first one lies in each of the first three of these.</param>
public sealed record MostShared(long Pages, bool IsZero, int Sources, IReadOnlyList<string> Places);

/// <summary>What two parts have in common.</summary>
/// <param name="First">One part.</param>
/// <param name="Second">The other.</param>
/// <param name="Pages">Contents that both hold: pages that one need not hold because the other does.</param>
public sealed record SharedByPair(string First, string Second, long Pages);
