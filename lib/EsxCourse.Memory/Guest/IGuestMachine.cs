using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Guest;

/// <summary>What a guest operating system needs of the machine it believes to run on. The host implements it.</summary>
/// <remarks>The guest sees "physical" pages and disk blocks; that a page may be unbacked, ballooned or swapped is hidden behind these calls.</remarks>
internal interface IGuestMachine
{
    /// <summary>The processor stores a whole page.</summary>
    void Store(Ppn ppn, ContentSeed contents);

    /// <summary>The disk writes a block into a page (DMA).</summary>
    void DiskRead(int block, Ppn into);

    /// <summary>The disk takes a block from a page (DMA).</summary>
    void DiskWrite(int block, Ppn from);

    /// <summary>The guest removes VPN -> PPN from its page table; page-table writes are intercepted.</summary>
    void PageTableCleared(int vpn, Ppn ppn);

    /// <summary>The guest switches to another address space.</summary>
    void AddressSpaceSwitched();
}
