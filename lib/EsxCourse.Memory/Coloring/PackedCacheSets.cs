using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EsxCourse.Memory.Coloring;

// The hot part of SetAssociativeCache: sets of 8 or 16 ways, each a list of recent use in one or two vectors. An access moves the whole list in a
// few instructions, without a branch that a hit and a miss would take differently.
//
//   lists[set]   8 places of 4 bytes   the line used last in place 0, without the bits that the set's number gives away; Empty if none.
//                                      16 ways are two vectors, one behind the other.
//
//          a b c d e f g h     e is used: it comes first, and those that stood before it move back by one
//          e a b c d e f g     the list as if the last one had been used: e in front, all others moved
//          e a b c d f g h     places up to the one that e had are taken from the moved list, those behind it from the old one
//
// The plain version is the array of lines in SetAssociativeCache, moved by one place on each access; caches with other numbers of ways
// use it. SetAssociativeCacheTests compares both with a list of recent lines for each set.
//
// Always: no line but Empty is twice in a set.

internal sealed class PackedCacheSets
{
    private const uint Empty = uint.MaxValue;
    private const int Half = 8;

    private readonly Vector256<uint>[] lists;
    private readonly bool hasTwoHalves;

    private PackedCacheSets(int sets, int ways)
    {
        hasTwoHalves = ways > Half;
        lists = new Vector256<uint>[sets * ways / Half];
        Array.Fill(lists, Vector256.Create(Empty));
    }

    /// <summary>Empty sets for a cache, if it has 8 or 16 ways and so many sets that the tags of all machine memory fit 32 bits; else null.</summary>
    public static PackedCacheSets? For(CacheGeometry geometry, long lines) =>
        geometry.Ways is Half or 2 * Half && (lines - 1) / (geometry.Sets / geometry.Slices) < Empty ? new PackedCacheSets(geometry.Sets, geometry.Ways) : null;

    /// <summary>Uses a line: it is in the set afterwards, and comes first.</summary>
    /// <param name="set">The set.</param>
    /// <param name="tag">The line, without the bits that choose the set.</param>
    /// <returns>Whether the set had it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Access(int set, uint tag) => hasTwoHalves ? UseFirstOf16(2 * set, tag) : UseFirstOf8(set, tag);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool UseFirstOf8(int at, uint tag)
    {
        ref Vector256<uint> list = ref lists[at];
        Vector256<uint> used = Vector256.Create(tag);
        uint equal = Vector256.Equals(list, used).ExtractMostSignificantBits();
        list = MovedUpTo(PlaceOf(equal, Half - 1), list, Moved(list, used));
        return equal != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool UseFirstOf16(int at, uint tag)
    {
        ref Vector256<uint> rest = ref lists[at + 1];
        ref Vector256<uint> list = ref lists[at];
        Vector256<uint> used = Vector256.Create(tag);
        uint equal = Vector256.Equals(list, used).ExtractMostSignificantBits() | (Vector256.Equals(rest, used).ExtractMostSignificantBits() << Half);
        int place = PlaceOf(equal, (2 * Half) - 1);
        Vector256<uint> restMoved = Moved(rest, Vector256.Shuffle(list, Vector256.Create(7U)));
        list = MovedUpTo(place, list, Moved(list, used));
        rest = MovedUpTo(place - Half, rest, restMoved);
        return equal != 0;
    }

    // A line that the set has not takes the place of the one used longest ago.
    private static int PlaceOf(uint equal, int oldest) => BitOperations.TrailingZeroCount(equal | (1U << oldest));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Moved(Vector256<uint> list, Vector256<uint> first) =>
        Vector256.ConditionalSelect(Vector256.Create(uint.MaxValue, 0, 0, 0, 0, 0, 0, 0), first, Vector256.Shuffle(list, Vector256.Create(7U, 0, 1, 2, 3, 4, 5, 6)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> MovedUpTo(int place, Vector256<uint> list, Vector256<uint> moved) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(place)).AsUInt32(), list, moved);
}
