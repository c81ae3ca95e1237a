using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Shadow;

/// <summary>How a touch of a page went.</summary>
public enum TouchOutcome
{
    /// <summary>The shadow entry permitted it: the processor went through without the monitor.</summary>
    Direct,

    /// <summary>The monitor had to work on the shadow tables; the guest did not notice.</summary>
    HiddenFault,

    /// <summary>The guest's own page table forbids it: the fault is handed to the guest.</summary>
    GuestFault,
}

/// <summary>An entry of a guest's page table.</summary>
/// <param name="Page">The page of the guest's physical memory.</param>
/// <param name="Writable">Whether the guest lets its process write.</param>
/// <param name="Dirty">Whether the page was written through this entry since the guest last cleaned it.</param>
public sealed record GuestEntry(Ppn Page, bool Writable, bool Dirty);

/// <summary>An entry of the pmap.</summary>
/// <param name="Page">The machine page.</param>
/// <param name="Shared">Whether other pages have the same machine page: copy-on-write.</param>
public sealed record PmapEntry(Mpn Page, bool Shared);

/// <summary>An entry of a shadow page table, which the processor obeys.</summary>
/// <param name="Page">The machine page.</param>
/// <param name="Writable">Whether a write goes through.</param>
public sealed record ShadowEntry(Mpn Page, bool Writable);

/// <summary>What the monitor sees of a VM: the guest's page tables, one for each address space, and the pmap.</summary>
public interface IVmMemory
{
    /// <summary>Reads the guest's page table.</summary>
    /// <param name="space">The address space.</param>
    /// <param name="page">The page in it.</param>
    /// <returns>The entry; null if the guest maps nothing there.</returns>
    GuestEntry? Walk(int space, Vpn page);

    /// <summary>Sets the accessed bit of an entry of the guest's table, as a processor would.</summary>
    /// <param name="space">The address space.</param>
    /// <param name="page">A page that the guest maps.</param>
    void MarkAccessed(int space, Vpn page);

    /// <summary>Sets the dirty bit of an entry of the guest's table, as a processor would.</summary>
    /// <param name="space">The address space.</param>
    /// <param name="page">A page that the guest maps.</param>
    void MarkDirty(int space, Vpn page);

    /// <summary>Reads the pmap.</summary>
    /// <param name="page">A page of the guest's physical memory.</param>
    /// <returns>The entry; null if the page is not in memory.</returns>
    PmapEntry? Backing(Ppn page);

    /// <summary>Brings a page into memory; the pmap has an entry for it then.</summary>
    /// <param name="page">A page without an entry.</param>
    void Bring(Ppn page);

    /// <summary>Gives a page a machine page of its own; its pmap entry changes.</summary>
    /// <param name="page">A shared page.</param>
    void BreakSharing(Ppn page);
}

/// <summary>The shadow page tables of one VM, one for each address space (OSDI '02 §2).</summary>
public interface IShadowPageTables
{
    /// <summary>Called once, first: all shadow tables are empty.</summary>
    /// <param name="memory">The VM's memory.</param>
    void Start(IVmMemory memory);

    /// <summary>A process reads from a page.</summary>
    /// <param name="space">Its address space.</param>
    /// <param name="page">The page.</param>
    TouchOutcome Read(int space, Vpn page);

    /// <summary>A process writes to a page.</summary>
    /// <param name="space">Its address space.</param>
    /// <param name="page">The page.</param>
    TouchOutcome Write(int space, Vpn page);

    /// <summary>The guest wrote an entry of its page table; the write was intercepted.</summary>
    /// <param name="space">The address space.</param>
    /// <param name="page">The page whose entry changed.</param>
    void GuestWroteEntry(int space, Vpn page);

    /// <summary>The guest ended an address space. Its number may come again, with another table.</summary>
    /// <param name="space">The address space.</param>
    void GuestEndedSpace(int space);

    /// <summary>The host took the machine page behind a page, shared it, or moved its contents: its pmap entry changed.</summary>
    /// <param name="page">The page of the guest's physical memory.</param>
    void BackingChanged(Ppn page);

    /// <summary>An entry of a shadow table.</summary>
    /// <param name="space">The address space.</param>
    /// <param name="page">The page in it.</param>
    /// <returns>The entry; null if there is none.</returns>
    ShadowEntry? Entry(int space, Vpn page);
}
