namespace EsxCourse.Memory.Sharing;

// What can be set about sharing: when pages are scanned (OSDI '02 §4.3 and the slide's "Can you think of better policies?"), how fast,
// between whom, and what it costs.

/// <summary>In which order a VM's pages are scanned for sharing.</summary>
public enum ScanPolicy
{
    /// <summary>Any page, all equally likely: what ESX does (OSDI '02 §4.3).</summary>
    Random,

    /// <summary>One after another, round and round: every page is reached once a round, none twice.</summary>
    Sequential,

    /// <summary>The page that was not written for the longest time first: it is the least likely to be written soon, which would break the
    /// sharing again. Needs to hear of every write, so it costs something on each.</summary>
    LeastRecentlyWritten,

    /// <summary>No scan. A page is tried when it is about to be paged out, and then only. Costs nothing while memory is plentiful, and finds little
    /// when it is short: whoever was tried before is usually on the disk by then. Pages must have been scanned while they could stay.</summary>
    BeforeSwapOnly,
}

/// <summary>How content-based sharing works on a host.</summary>
/// <remarks>Defaults are the paper's; rates as ESX 2 had them (facts §4). Use <c>with</c>.</remarks>
public sealed record SharingOptions
{
    /// <summary>Whether there is sharing at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>In which order pages are scanned.</summary>
    public ScanPolicy Scan { get; init; } = ScanPolicy.Random;

    /// <summary>The most pages of one VM scanned in a second.</summary>
    public int PagesPerSecondPerVm { get; init; } = 50;

    /// <summary>The most pages of all VMs scanned in a second.</summary>
    public int PagesPerSecond { get; init; } = 200;

    /// <summary>Whether each VM has a salt of its own, so that only pages of one VM are shared among themselves.</summary>
    /// <remarks>The default of vSphere since 2014 (facts §9); the paper shares between all VMs.</remarks>
    public bool SaltPerVm { get; init; }

    /// <summary>The pages in a large page, or 1 where the host backs guests with small pages. Large pages are not shared until broken.</summary>
    public int LargePagePages { get; init; } = 1;

    /// <summary>The hash; null for XxHash3 of real pages, and of pages that the simulator makes up, a hash of the seed that stands for them. A weak one forces false matches.</summary>
    public PageHash? Hash { get; init; }

    /// <summary>The largest reference count that a frame holds itself; more go to the overflow table.</summary>
    /// <remarks>16 bits hold 65,534 (65,535 marks a hint). A small host never gets there: lower it to see the overflow table at work.</remarks>
    public int LargestCountInFrame { get; init; } = SharingTable.LargestCountInFrame;

    /// <summary>What the scan costs the host's processor.</summary>
    public SharingCosts Costs { get; init; } = SharingCosts.Default;

    /// <summary>Checks rates and sizes.</summary>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">A rate is negative, or a large page is smaller than one page.</exception>
    public SharingOptions Checked() =>
        PagesPerSecondPerVm < 0 || PagesPerSecond < 0 ? throw new ArgumentException("Scan rates are pages a second, from 0.")
        : LargestCountInFrame is < 1 or > SharingTable.LargestCountInFrame ? throw new ArgumentException($"A frame's count reaches 1 to {SharingTable.LargestCountInFrame}, not {LargestCountInFrame}.")
        : LargePagePages < 1 ? throw new ArgumentException($"A large page has {LargePagePages} pages; it is 1 (no large pages) or more, usually 512.")
        : this;
}

/// <summary>What the parts of a scan cost, in nanoseconds of the host's processor.</summary>
/// <remarks>Not given in the paper. course choice: 4 KiB at 1 GB/s, the memory speed of its machines; a table step is a cache miss.</remarks>
public sealed record SharingCosts
{
    /// <summary>Those of 2002.</summary>
    public static SharingCosts Default { get; } = new();

    /// <summary>Hashing a page: it is read once.</summary>
    public long HashNanoseconds { get; init; } = 4_000;

    /// <summary>Comparing two pages in full: both are read.</summary>
    public long CompareNanoseconds { get; init; } = 8_000;

    /// <summary>Looking at a frame of the table.</summary>
    public long TableStepNanoseconds { get; init; } = 200;

    /// <summary>Noting a write, for a scan order that wants to know.</summary>
    public long NoteWriteNanoseconds { get; init; } = 50;
}
