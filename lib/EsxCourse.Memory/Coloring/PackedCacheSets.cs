using System.Numerics;
using System.Runtime.Intrinsics;

namespace EsxCourse.Memory.Coloring;

// The hot part of SetAssociativeCache: sets of 8 or 16 ways, so packed that an access costs one or two vector comparisons and a few
// shifts, without a branch that a hit and a miss would take differently.
//
//   tags[set * ways + way]  4 bytes  the line there, without the bits that the set's number gives away; Empty if none
//   order[set]              8 bytes  4 bits a way, the way used last in the lowest: the list of recent use in one word
//
//          order   F E D C B A 9 8 7 6 5 4 3 2 1 0       way 4 is used: it comes to the front, and what lay before it moves up
//               -> F E D C B A 9 8 7 6 5 3 2 1 0 4
//
// The plain version is the array of lines in SetAssociativeCache, moved by one place on each access; caches with other numbers of ways
// use it. SetAssociativeCacheTests compares both with a list of recent lines for each set.
//
// Always: order[set] holds each way of the set once; no tag but Empty is twice in a set.

internal sealed class PackedCacheSets
{
    private const uint Empty = uint.MaxValue;
    private const int BitsPerWay = 4;
    private const uint FirstBitAboveWays = 1 << 16;
    private const ulong EveryWayOnce = 0xFEDC_BA98_7654_3210;
    private const ulong LowestBits = 0x1111_1111_1111_1111, HighestBits = 0x8888_8888_8888_8888;

    private readonly uint[] tags;
    private readonly ulong[] order;
    private readonly int ways;
    private readonly int oldest;

    private PackedCacheSets(int sets, int ways)
    {
        this.ways = ways;
        oldest = BitsPerWay * (ways - 1);
        tags = new uint[sets * ways];
        Array.Fill(tags, Empty);
        order = new ulong[sets];
        Array.Fill(order, EveryWayOnce);
    }

    /// <summary>Empty sets for a cache, if it has 8 or 16 ways and so many sets that the tags of all machine memory fit 32 bits; else null.</summary>
    public static PackedCacheSets? For(CacheGeometry geometry, long lines) =>
        geometry.Ways is 8 or 16 && (lines - 1) / (geometry.Sets / geometry.Slices) < Empty ? new PackedCacheSets(geometry.Sets, geometry.Ways) : null;

    /// <summary>Uses a line: it is in the set afterwards, and its way comes first.</summary>
    /// <param name="set">The set.</param>
    /// <param name="tag">The line, without the bits that choose the set.</param>
    /// <returns>Whether the set had it.</returns>
    public bool Access(int set, uint tag)
    {
        Span<uint> lines = tags.AsSpan(set * ways, ways);
        Vector256<uint> wanted = Vector256.Create(tag);
        uint equal = Vector256.Equals(Vector256.Create<uint>(lines), wanted).ExtractMostSignificantBits();
        if (lines.Length > Vector256<uint>.Count)
            equal |= Vector256.Equals(Vector256.Create<uint>(lines[Vector256<uint>.Count..]), wanted).ExtractMostSignificantBits() << Vector256<uint>.Count;

        // The way that has the line; else the oldest, whose bit lies above those of all ways and so counts only if no other is set.
        ref ulong recent = ref order[set];
        uint otherwise = FirstBitAboveWays << (int)((recent >> oldest) & 0xF);
        int way = BitOperations.TrailingZeroCount(equal | otherwise) & 0xF;
        lines[way] = tag;

        // Where that way stands in the word: the lowest four bits that become 0 when it is compared with all at once.
        ulong differs = recent ^ ((ulong)way * LowestBits);
        int place = BitOperations.TrailingZeroCount((differs - LowestBits) & ~differs & HighestBits) - (BitsPerWay - 1);
        ulong after = ulong.MaxValue << place << BitsPerWay;
        ulong before = recent & ((1UL << place) - 1);
        recent = (recent & after) | (before << BitsPerWay) | (uint)way;
        return equal != 0;
    }
}
