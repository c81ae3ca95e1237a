using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Sharing;

// Large pages (2 MB, 512 small ones) and sharing do not go together: two equal large pages are rare, and a part of one cannot be
// mapped copy-on-write. vSphere backs guests with large pages while memory is plentiful, shares nothing of them, and breaks them
// into small pages when memory gets short (facts §9); sharing then finds what there is.
//
// Only what matters to sharing is modelled: one bit a large page. A large page ends when it is broken, or when one of its small
// pages stops being an ordinary private page (ballooned, swapped), since then it cannot be one piece of machine memory any more.
// Left out: the contiguous machine memory that a large page needs, and the TLB misses that it saves.

internal sealed class LargePages(VirtualMachine vm, int pages, SimulatedTime time)
{
    // The last pages of a VM that do not fill a large page are small from the start.
    private readonly bool[] broken = new bool[vm.Pmap.Length / pages];
    private int hand;

    /// <summary>Large pages that are left.</summary>
    public int Count => broken.Length - broken.AsSpan().Count(true);

    /// <summary>Whether a page is part of a large one. O(size of a large page).</summary>
    public bool IsLarge(Ppn ppn)
    {
        int large = ppn.Value / pages;
        if (large >= broken.Length || broken[large])
            return false;
        for (int i = large * pages; i < (large + 1) * pages; i++)
            if (vm.Pmap.StateOf(new Ppn(i)) is not (PmapState.Mapped or PmapState.Unbacked))
            {
                Break(large);
                return false;
            }

        return true;
    }

    /// <summary>Breaks the next large page.</summary>
    /// <returns>Whether there was one.</returns>
    public bool BreakNext()
    {
        while (hand < broken.Length && broken[hand])
            hand++;
        if (hand == broken.Length)
            return false;
        Break(hand);
        return true;
    }

    /// <summary>Breaks the large page that a page is part of, if it is.</summary>
    public void BreakAround(Ppn ppn)
    {
        int large = ppn.Value / pages;
        if (large < broken.Length && !broken[large])
            Break(large);
    }

    private void Break(int large)
    {
        broken[large] = true;
        vm.Outcomes.Count(Outcome.LargePageBroken);
        time.Observer?.On(new LargePageBroken(time.Now, vm.Id, new Ppn(large * pages)));
    }
}
