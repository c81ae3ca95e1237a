using System.Numerics;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Coloring;

// Which cache set an address falls into, and so which colour a page has.
//
//   physical address   | tag ...........| set index .......| line offset |
//                      | page number ..........| page offset ............|
//                                      |colour|      the bits that are both page number and set index
//
// Two pages of one colour compete for the same sets; pages of different colours never do. The page's number decides, so whoever
// chooses the page number chooses the part of the cache. A guest that colours its PPNs has done so for nothing if the host
// backs them with MPNs of other colours; ESX gives distinct colours to distinct colours when it can (OSDI '02 §3.2, note).
//
// Two things take the choice away again:
// - a 2 MB page fixes 9 bits of the page number: `ColorsFor(512)` of a cache with at most 512 colours is 1;
// - sliced caches choose the slice by a hash over all address bits. Only the index bits within a slice are then colour bits
//   (`ColorsInHardware`); who believes in `Colors` colours partitions by bits that decide nothing. Slice hashes as found by
//   Maurice et al., RAID 2015, for Intel's caches with 2, 4 and 8 slices.

/// <summary>The shape of a physically indexed cache.</summary>
/// <remarks>All sizes are powers of two. A value; checked on construction.</remarks>
public sealed record CacheGeometry
{
    private const int MaxSlices = 8;
    private static readonly ulong[] SliceMasks = [0x1B_5F57_5440, 0x2E_B5FA_A880, 0x3C_CCC9_3100];

    /// <summary>Describes a cache.</summary>
    /// <param name="sizeBytes">All of it, in bytes.</param>
    /// <param name="ways">Lines a set.</param>
    /// <param name="lineBytes">Bytes a line, at most a page.</param>
    /// <param name="slices">1 for a plain cache; 2, 4 or 8 slices chosen by a hash of the address.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is no power of two, or they do not fit each other.</exception>
    public CacheGeometry(long sizeBytes, int ways, int lineBytes = 64, int slices = 1)
    {
        RequirePowerOfTwo(sizeBytes, nameof(sizeBytes));
        RequirePowerOfTwo(ways, nameof(ways));
        RequirePowerOfTwo(lineBytes, nameof(lineBytes));
        RequirePowerOfTwo(slices, nameof(slices));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lineBytes, PageCount.PageSizeBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slices, MaxSlices);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeBytes, (long)ways * lineBytes * slices);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeBytes, 1L << 32);
        (SizeBytes, Ways, LineBytes, Slices) = (sizeBytes, ways, lineBytes, slices);
        Sets = (int)(sizeBytes / lineBytes / ways);
        LinesPerPage = PageCount.PageSizeBytes / lineBytes;
    }

    /// <summary>All of it, in bytes.</summary>
    public long SizeBytes { get; }

    /// <summary>Lines a set.</summary>
    public int Ways { get; }

    /// <summary>Bytes a line.</summary>
    public int LineBytes { get; }

    /// <summary>Slices, chosen by a hash of the address; 1 for a plain cache.</summary>
    public int Slices { get; }

    /// <summary>Sets of all slices together.</summary>
    public int Sets { get; }

    /// <summary>Lines a page.</summary>
    public int LinesPerPage { get; }

    /// <summary>The colours that the whole cache would have if its index were plain address bits; at least 1.</summary>
    public int Colors => Math.Max(1, Sets / LinesPerPage);

    /// <summary>The colours that really separate pages: those of one slice. Equal to <see cref="Colors"/> without slices.</summary>
    public int ColorsInHardware => Math.Max(1, Sets / Slices / LinesPerPage);

    /// <summary>The colours left when memory is handed out in larger pages.</summary>
    /// <param name="pageSizePages">The page size in 4 KiB pages: 512 for 2 MB.</param>
    /// <returns>How many colours such pages can have; 1 means none can be chosen.</returns>
    public int ColorsFor(int pageSizePages) => Math.Max(1, ColorsInHardware / pageSizePages);

    /// <summary>The colour of a machine page.</summary>
    /// <param name="mpn">The page.</param>
    /// <returns>From 0 to below <see cref="Colors"/>.</returns>
    public int ColorOf(Mpn mpn) => mpn.Value & (Colors - 1);

    /// <summary>The colour that a guest believes its page to have.</summary>
    /// <param name="ppn">The page.</param>
    /// <returns>From 0 to below <see cref="Colors"/>.</returns>
    public int ColorOf(Ppn ppn) => ppn.Value & (Colors - 1);

    /// <summary>The set of a line of memory.</summary>
    /// <param name="line">The line's number in machine memory: address divided by <see cref="LineBytes"/>.</param>
    /// <returns>From 0 to below <see cref="Sets"/>.</returns>
    public int SetOf(long line) => Slices == 1 ? (int)(line & (Sets - 1)) : SetInSlices(line);

    private int SetInSlices(long line)
    {
        int setsPerSlice = Sets / Slices;
        int set = (int)(line & (setsPerSlice - 1));
        ulong address = (ulong)line * (uint)LineBytes;
        for (int bit = 0; 1 << bit < Slices; bit++)
            set += (BitOperations.PopCount(address & SliceMasks[bit]) & 1) * (setsPerSlice << bit);
        return set;
    }

    private static void RequirePowerOfTwo(long value, string name)
    {
        if (value < 1 || !BitOperations.IsPow2(value))
            throw new ArgumentOutOfRangeException(name, value, "A cache's sizes are powers of two, from 1.");
    }
}
