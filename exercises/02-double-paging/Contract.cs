using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Paging;

/// <summary>What the host knows of a page of a VM.</summary>
public enum PageState
{
    /// <summary>It has a machine page of its own.</summary>
    Private,

    /// <summary>It shares a machine page, copy-on-write: paging it out would free nothing.</summary>
    Shared,

    /// <summary>It has a machine page that must stay, for example because a device is writing to it.</summary>
    Pinned,

    /// <summary>The balloon has it: it has no machine page.</summary>
    Ballooned,

    /// <summary>It has no machine page: it was paged out, or never touched.</summary>
    Absent,
}

/// <summary>A page of a VM as the host sees it.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Accessed">Whether the guest touched it since you last looked.</param>
public sealed record PageView(PageState State, bool Accessed);

/// <summary>What the host can see of one VM, and do with its pages.</summary>
public interface IPagedVm
{
    /// <summary>Looks at all pages, and clears their accessed bits.</summary>
    /// <returns>Indexed by PPN.</returns>
    IReadOnlyList<PageView> Look();

    /// <summary>The only source of chance that there is.</summary>
    /// <param name="below">At least 1.</param>
    /// <returns>A number from 0 to below <paramref name="below"/>, each as likely as any other.</returns>
    int Draw(int below);

    /// <summary>Looks for an equal page. If there is one, this page shares its machine page from now on, and its own is free. No disk access.</summary>
    /// <param name="page">A private page.</param>
    /// <returns>Whether it is shared now.</returns>
    bool TryShare(Ppn page);

    /// <summary>Writes pages to the host's swap space, in one disk access, and frees their machine pages.</summary>
    /// <param name="cluster">Private pages, no more than fit into a cluster.</param>
    /// <returns>The slot in which each is now, in the same order.</returns>
    IReadOnlyList<int> WriteOut(IReadOnlyList<Ppn> cluster);

    /// <summary>Writes one page to the swap space, in one disk access. The page stays in memory.</summary>
    /// <param name="page">A page that has a machine page.</param>
    /// <returns>The slot with its contents.</returns>
    int Save(Ppn page);

    /// <summary>Reads a slot into a page, in one disk access. The page gets a machine page if it has none. The slot keeps its contents.</summary>
    /// <param name="slot">A slot in use.</param>
    /// <param name="page">The page.</param>
    void ReadIn(int slot, Ppn page);

    /// <summary>Gives a slot back; its number may come again.</summary>
    /// <param name="slot">A slot whose contents nobody needs any more.</param>
    void Free(int slot);
}

/// <summary>The host's swap daemon for one VM, which also traps the guest's paging disk (OSDI '02 §3.3; slide "The problems").</summary>
public interface ISwapDaemon
{
    /// <summary>Called once, first: nothing is paged out, and the guest's paging disk is empty.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="clusterPages">The most pages in one write.</param>
    void Start(IPagedVm vm, int clusterPages);

    /// <summary>The host needs memory: page out victims of this VM.</summary>
    /// <param name="target">How many machine pages to free.</param>
    /// <returns>How many were freed: fewer only if no more pages may go.</returns>
    PageCount Reclaim(PageCount target);

    /// <summary>The guest touched a page that you paged out. Bring it back.</summary>
    /// <param name="page">The page.</param>
    void Touched(Ppn page);

    /// <summary>The guest writes a page to its paging disk. The write was trapped: you do what the disk would have done.</summary>
    /// <param name="page">The page, in memory or paged out by you.</param>
    /// <param name="block">The block of the guest's disk; what it held before is gone.</param>
    void GuestWrites(Ppn page, int block);

    /// <summary>The guest reads a block of its paging disk into a page, which must be in memory afterwards. The block keeps its contents.</summary>
    /// <param name="block">A block that the guest wrote.</param>
    /// <param name="page">The page, in memory or paged out by you. What it held before is gone.</param>
    void GuestReads(int block, Ppn page);
}
