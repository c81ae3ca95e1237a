using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Virtualization;

// Shadow page tables (OSDI '02 §2): the tables that the hardware really walks, virtual page -> machine page. They are a cache of
// guest page table o pmap, filled on a hidden fault, and dropped when either side changes:
//
//     guest table:  VPN -> PPN      (the guest writes it; the write is intercepted: DropVirtual)
//     pmap:         PPN -> MPN      (PageMapper writes it: DropPhysical)
//     shadow:       VPN -> MPN      entries[vpn], 4 bytes, 0 none, else MPN + 1
//     way back:     PPN -> VPN      virtualOf[ppn], 4 bytes, 0 none, else VPN + 1
//
// Always: a shadow entry VPN -> MPN is there only while some PPN has guest table VPN -> PPN and pmap PPN -> MPN.
// A small TLB caches entries; it is part of this class because it must be shot down with them.
// Simplified: VPNs count through all address spaces of the VM (processes and the kernel's page cache lie one after another), and
// a guest maps each PPN at most once; so one way back a page is enough.

internal sealed class ShadowPageTables(VmId vm, int physicalPages, SimulatedTime time, OutcomeCounts counts)
{
    public const int BytesPerPhysicalPage = sizeof(int);
    public const int BytesPerVirtualPage = sizeof(int);

    // 64 entries, direct-mapped. course choice: the size of a data TLB of the paper's time (Pentium III).
    private const int TlbSize = 64;

    private readonly int[] virtualOf = new int[physicalPages];
    private readonly int[] tlb = new int[TlbSize];
    private int[] entries = [];

    /// <summary>Finds VPN -> MPN without the monitor: in the TLB, or by the hardware's walk of the shadow table.</summary>
    /// <param name="vpn">The virtual page.</param>
    /// <param name="walked">Whether the TLB did not have it, and the walk found it.</param>
    /// <returns>Whether it is there; if not, a hidden fault has to fill it.</returns>
    public bool TryTranslate(int vpn, out bool walked)
    {
        walked = false;
        ref int line = ref tlb[vpn & (TlbSize - 1)];
        if (line == vpn + 1)
        {
            counts.Count(Outcome.TlbHit);
            return true;
        }

        if (vpn >= entries.Length || entries[vpn] == 0)
            return false;
        counts.Count(Outcome.TlbMiss);
        line = vpn + 1;
        return walked = true;
    }

    /// <summary>How many of these pages, from the first one on, are in the shadow table.</summary>
    public int CountTranslated(int firstVpn, ReadOnlySpan<Vpn> vpns)
    {
        int[] table = entries;
        for (int i = 0; i < vpns.Length; i++)
        {
            int vpn = firstVpn + vpns[i].Value;
            if ((uint)vpn >= (uint)table.Length || table[vpn] == 0)
                return i;
        }

        return vpns.Length;
    }

    /// <summary>Pages of the shadow table pass through the TLB one after another; counting them is the caller's business.</summary>
    /// <returns>How many it missed.</returns>
    public int PassTlb(int firstVpn, ReadOnlySpan<Vpn> vpns)
    {
        Span<int> lines = tlb;
        int misses = 0;
        foreach (Vpn vpn in vpns)
        {
            int tag = firstVpn + vpn.Value + 1;
            ref int line = ref lines[(tag - 1) & (TlbSize - 1)];
            misses += line == tag ? 0 : 1;
            line = tag;
        }

        return misses;
    }

    /// <summary>A hidden fault: the guest's table says <paramref name="ppn"/>, the pmap says <paramref name="mpn"/>.</summary>
    public void Fill(int vpn, Ppn ppn, Mpn mpn)
    {
        if (vpn >= entries.Length)
            Array.Resize(ref entries, Math.Max(Math.Max(vpn + 1, physicalPages), entries.Length * 2)); // at once, or a thousand VMs leave as much again as garbage
        DropPhysical(ppn);
        entries[vpn] = mpn.Value + 1;
        virtualOf[ppn.Value] = vpn + 1;
        tlb[vpn & (TlbSize - 1)] = vpn + 1;
        counts.Count(Outcome.HiddenFault);
        time.Observer?.On(new ShadowFilled(time.Now, vm, new Vpn(vpn), ppn, mpn));
    }

    /// <summary>The pmap entry of <paramref name="ppn"/> changes: whatever maps it must go.</summary>
    public void DropPhysical(Ppn ppn)
    {
        int vpn = virtualOf[ppn.Value] - 1;
        if (vpn < 0)
            return;
        virtualOf[ppn.Value] = 0;
        Drop(vpn);
        counts.Count(Outcome.ShadowInvalidation);
    }

    /// <summary>The guest changes its own entry of <paramref name="vpn"/>, which mapped <paramref name="ppn"/>.</summary>
    public void DropVirtual(int vpn, Ppn ppn)
    {
        counts.Count(Outcome.GuestTableWrite);
        if (virtualOf[ppn.Value] != vpn + 1)
            return;
        virtualOf[ppn.Value] = 0;
        Drop(vpn);
    }

    /// <summary>The guest switched address spaces: the TLB forgets, the shadow tables stay.</summary>
    public void FlushTlb()
    {
        Array.Clear(tlb);
        counts.Count(Outcome.TlbFlush);
    }

    /// <summary>The guest is gone (power-off, reboot): all its tables with it.</summary>
    public void DropAll()
    {
        Array.Clear(tlb);
        Array.Clear(entries);
        Array.Clear(virtualOf);
    }

    /// <summary>The entry of <paramref name="ppn"/>: VPN and MPN, or null. For the invariant check.</summary>
    public (int Vpn, Mpn Mpn)? EntryOf(Ppn ppn) =>
        virtualOf[ppn.Value] == 0 ? null : (virtualOf[ppn.Value] - 1, new Mpn(entries[virtualOf[ppn.Value] - 1] - 1));

    /// <summary>Shadow entries that are present. For the invariant check. O(virtual pages).</summary>
    public int CountEntries() => entries.Length - entries.AsSpan().Count(0);

    /// <summary>Whether every TLB line stands for a shadow entry. For the invariant check.</summary>
    public bool TlbIsCoherent()
    {
        foreach (int line in tlb)
            if (line != 0 && entries[line - 1] == 0)
                return false;
        return true;
    }

    private void Drop(int vpn)
    {
        entries[vpn] = 0;
        ref int line = ref tlb[vpn & (TlbSize - 1)];
        if (line == vpn + 1)
            line = 0;
        time.Observer?.On(new ShadowDropped(time.Now, vm, new Vpn(vpn)));
    }
}
