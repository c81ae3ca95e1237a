using EsxCourse.Contracts;

namespace EsxCourse.Exercises.HotIo;

/// <summary>How a transfer went.</summary>
public enum TransferOutcome
{
    /// <summary>The device reaches the page.</summary>
    Direct,

    /// <summary>It does not: the data were copied through a bounce buffer.</summary>
    Bounced,

    /// <summary>They were copied this last time: the page has moved to low memory.</summary>
    Remapped,
}

/// <summary>When a page is hot.</summary>
/// <param name="HotAt">The heat at which a page is moved to low memory, at least 1.</param>
/// <param name="Lead">How much hotter than a low page a page must be to drive it out, at least 1.</param>
public sealed record HeatRules(int HotAt, int Lead);

/// <summary>The machine's memory: low, which devices reach, and high.</summary>
public interface IMachineMemory
{
    /// <summary>Whether devices reach a machine page.</summary>
    /// <param name="page">The page.</param>
    bool IsLow(Mpn page);

    /// <summary>Takes a free page of low memory.</summary>
    /// <returns>The page; null if none is free.</returns>
    Mpn? AllocateLow();

    /// <summary>Takes a free page of high memory.</summary>
    /// <returns>The page; null if none is free.</returns>
    Mpn? AllocateHigh();

    /// <summary>Copies a page's contents to another.</summary>
    /// <param name="from">Where they are.</param>
    /// <param name="to">A page that was taken.</param>
    void Copy(Mpn from, Mpn to);

    /// <summary>Gives a page back.</summary>
    /// <param name="page">A page whose contents nobody needs there.</param>
    void Free(Mpn page);
}

/// <summary>Hot I/O page remapping for one VM (OSDI '02 §7; slide "Hot I/O Page Remapping").</summary>
public interface IHotIoRemapping
{
    /// <summary>Called once, first: all pages are cold.</summary>
    /// <param name="memory">The machine's memory.</param>
    /// <param name="pmap">The machine page behind each page of the VM, indexed by PPN.</param>
    /// <param name="rules">When a page is hot.</param>
    void Start(IMachineMemory memory, IReadOnlyList<Mpn> pmap, HeatRules rules);

    /// <summary>A device reads or writes a page of the VM.</summary>
    /// <param name="page">The page.</param>
    TransferOutcome Transfer(Ppn page);

    /// <summary>A period is over: every page cools to half its heat, rounded down.</summary>
    void Cool();

    /// <summary>The heat of a page: its transfers, direct or bounced, cooled.</summary>
    /// <param name="page">The page.</param>
    int Heat(Ppn page);

    /// <summary>The machine page behind a page.</summary>
    /// <param name="page">The page.</param>
    Mpn Backing(Ppn page);
}
