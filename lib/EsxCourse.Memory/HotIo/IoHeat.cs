using EsxCourse.Contracts;

namespace EsxCourse.Memory.HotIo;

// How often each page of a VM was part of a transfer lately: two bytes a page, taken when the VM does its first transfer. All counts are
// halved now and then, so that a count is a rate: pages that were hot once cool down.
//
// The paper counts in a cache from PPN to MPN that the network transmit path has anyway (OSDI '02 §7); a count for every page is the same
// for pages in that cache, and simpler.

internal sealed class IoHeat(int pages)
{
    private ushort[]? counts;

    /// <summary>One more transfer.</summary>
    /// <returns>The count, which stays at 65,535 when it gets there.</returns>
    public int Add(Ppn ppn)
    {
        counts ??= new ushort[pages];
        return counts[ppn.Value] = (ushort)Math.Min(ushort.MaxValue, counts[ppn.Value] + 1);
    }

    /// <summary>The count of a page.</summary>
    public int Of(Ppn ppn) => counts?[ppn.Value] ?? 0;

    /// <summary>Halves all counts. O(pages), and nothing for a VM without transfers.</summary>
    public void Halve()
    {
        for (int i = 0; i < counts?.Length; i++)
            counts[i] /= 2;
    }
}
