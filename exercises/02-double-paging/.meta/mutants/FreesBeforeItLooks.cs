// Mutant: gives a block's old slot back before it knows what the block holds next.
namespace Homework;

public sealed class SwapDaemon : ISwapDaemon
{
    // A slot may have several users: a page that is paged out, and blocks of the guest's disk.
    private readonly Dictionary<Ppn, int> slotOfPage = [];
    private readonly Dictionary<int, int> slotOfBlock = [];
    private IPagedVm vm = null!;
    private int clusterPages;

    public void Start(IPagedVm vm, int clusterPages) => (this.vm, this.clusterPages) = (vm, clusterPages);

    public PageCount Reclaim(PageCount target)
    {
        IReadOnlyList<PageView> pages = vm.Look();
        List<Ppn> mayGo = [.. Enumerable.Range(0, pages.Count).Where(p => pages[p].State == PageState.Private).Select(p => new Ppn(p))];
        List<Ppn> cluster = [];
        int freed = 0;
        while (freed < target.Value && mayGo.Count > 0)
        {
            int drawn = vm.Draw(mayGo.Count);
            Ppn victim = mayGo[drawn];
            mayGo.RemoveAt(drawn);
            freed++;
            if (vm.TryShare(victim))
                continue;
            cluster.Add(victim);
            if (cluster.Count == clusterPages)
                WriteOut(cluster);
        }

        WriteOut(cluster);
        return new PageCount(freed);
    }

    public void Touched(Ppn page)
    {
        vm.ReadIn(slotOfPage[page], page);
        LeavesItsSlot(page);
    }

    public void GuestWrites(Ppn page, int block)
    {
        bool overwrites = slotOfBlock.Remove(block, out int old);
        if (overwrites && !slotOfPage.ContainsValue(old))
            vm.Free(old);
        slotOfBlock[block] = slotOfPage.TryGetValue(page, out int slot) ? slot : vm.Save(page);
    }

    public void GuestReads(int block, Ppn page)
    {
        vm.ReadIn(slotOfBlock[block], page);
        LeavesItsSlot(page);
    }

    private void WriteOut(List<Ppn> cluster)
    {
        if (cluster.Count == 0)
            return;
        IReadOnlyList<int> slots = vm.WriteOut(cluster);
        for (int i = 0; i < cluster.Count; i++)
            slotOfPage[cluster[i]] = slots[i];
        cluster.Clear();
    }

    private void LeavesItsSlot(Ppn page)
    {
        if (slotOfPage.Remove(page, out int slot))
            FreeIfUnused(slot);
    }

    private void FreeIfUnused(int slot)
    {
        if (!slotOfPage.ContainsValue(slot) && !slotOfBlock.ContainsValue(slot))
            vm.Free(slot);
    }
}
