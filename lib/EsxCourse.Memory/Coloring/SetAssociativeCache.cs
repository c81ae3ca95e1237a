using EsxCourse.Contracts;

namespace EsxCourse.Memory.Coloring;

// A physically indexed, set-associative cache with exact LRU in each set: enough to see what the choice of machine pages does.
//
// One flat array of line numbers, `Ways` a set, most recently used first; a hit moves its line to the front of the set.
// Left out: write-back, prefetching, several levels, replacement that is only nearly LRU. They change the level of the numbers,
// not which pages compete.
//
// Always: no line is twice in a set, and a line lies only in its own set.

/// <summary>A cache that counts hits and misses.</summary>
/// <remarks>An access costs O(ways). Memory: 8 bytes a line.</remarks>
public sealed class SetAssociativeCache
{
    private const long Empty = -1;
    private readonly long[] lines;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="geometry">Its shape.</param>
    public SetAssociativeCache(CacheGeometry geometry)
    {
        Geometry = geometry;
        lines = new long[geometry.SizeBytes / geometry.LineBytes];
        Array.Fill(lines, Empty);
    }

    /// <summary>The cache's shape.</summary>
    public CacheGeometry Geometry { get; }

    /// <summary>Accesses so far.</summary>
    public long Accesses { get; private set; }

    /// <summary>Accesses that were not in the cache.</summary>
    public long Misses { get; private set; }

    /// <summary>Reads or writes a line of a machine page.</summary>
    /// <param name="mpn">The page.</param>
    /// <param name="lineInPage">Which of its lines, from 0 to below <see cref="CacheGeometry.LinesPerPage"/>.</param>
    /// <returns>Whether the cache had it; it has it afterwards.</returns>
    public bool Access(Mpn mpn, int lineInPage) => Access((long)mpn.Value * Geometry.LinesPerPage + lineInPage);

    /// <summary>Reads or writes a line.</summary>
    /// <param name="line">The line's number in machine memory.</param>
    /// <returns>Whether the cache had it; it has it afterwards.</returns>
    public bool Access(long line)
    {
        Accesses++;
        int ways = Geometry.Ways;
        Span<long> set = lines.AsSpan(Geometry.SetOf(line) * ways, ways);
        int place = set.IndexOf(line);
        if (place < 0)
            Misses++;
        int shifted = place < 0 ? ways - 1 : place;
        set[..shifted].CopyTo(set[1..]);
        set[0] = line;
        return place >= 0;
    }

    /// <summary>Touches every line of a page once.</summary>
    /// <param name="mpn">The page.</param>
    /// <returns>How many of its lines missed.</returns>
    public int AccessPage(Mpn mpn)
    {
        int misses = 0;
        for (int line = 0; line < Geometry.LinesPerPage; line++)
            misses += Access(mpn, line) ? 0 : 1;
        return misses;
    }

    /// <summary>Forgets all counts, not the contents: what follows is measured warm.</summary>
    public void ResetCounts() => (Accesses, Misses) = (0, 0);
}
