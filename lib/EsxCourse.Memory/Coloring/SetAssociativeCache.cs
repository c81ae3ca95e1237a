using System.Numerics;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Coloring;

// A physically indexed, set-associative cache with exact LRU in each set: enough to see what the choice of machine pages does.
//
// One flat array of line numbers, `Ways` a set, most recently used first; a hit moves its line to the front of the set. Caches of 8 and
// 16 ways keep the same sets in less room (PackedCacheSets), several times as fast.
// Left out: write-back, prefetching, several levels, replacement that is only nearly LRU. They change the level of the numbers,
// not which pages compete.
//
// Always: no line is twice in a set, and a line lies only in its own set.

/// <summary>A cache that counts hits and misses.</summary>
/// <remarks>An access costs O(ways). Memory: 8 bytes a line, 4 for 8 and 16 ways.</remarks>
public sealed class SetAssociativeCache
{
    private const long Empty = -1;
    private readonly long[] lines = [];
    private readonly PackedCacheSets? packed;
    private readonly long lineCount;
    private readonly int setBits;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="geometry">Its shape.</param>
    public SetAssociativeCache(CacheGeometry geometry)
    {
        Geometry = geometry;
        lineCount = MachineMemory.MostFrames * geometry.LinesPerPage;
        setBits = BitOperations.Log2((uint)(geometry.Sets / geometry.Slices));
        packed = PackedCacheSets.For(geometry, lineCount);
        if (packed is not null)
            return;
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
    /// <param name="line">The line's number in machine memory, from 0 to below 2^29 (frames) times <see cref="CacheGeometry.LinesPerPage"/>.</param>
    /// <returns>Whether the cache had it; it has it afterwards.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No machine has such a line.</exception>
    public bool Access(long line)
    {
        if ((ulong)line >= (ulong)lineCount)
            ThrowNoSuchLine(line);
        bool hit = packed is null ? UseFirst(line) : packed.Access(Geometry.SetOf(line), (uint)(line >> setBits));
        Accesses++;
        Misses += hit ? 0 : 1;
        return hit;
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

    // The plain way: the line moves to the front of its set, and those before it back by one.
    private bool UseFirst(long line)
    {
        int ways = Geometry.Ways;
        Span<long> set = lines.AsSpan(Geometry.SetOf(line) * ways, ways);
        int place = set.IndexOf(line);
        int shifted = place < 0 ? ways - 1 : place;
        set[..shifted].CopyTo(set[1..]);
        set[0] = line;
        return place >= 0;
    }

    private void ThrowNoSuchLine(long line) => throw new ArgumentOutOfRangeException(nameof(line), line, $"Machine memory has lines 0 to {lineCount - 1}.");
}
