namespace EsxCourse.Memory.Observation;

/// <summary>Everything that can come of a touch or an action, for counting.</summary>
public enum Outcome
{
    /// <summary>A touch of a page that is mapped.</summary>
    Hit,

    /// <summary>A touch of a page without a machine page: one is zeroed and mapped (OSDI '02 §3.2).</summary>
    FirstTouch,

    /// <summary>A touch of a page that the host has swapped out: a disk read.</summary>
    SwapIn,

    /// <summary>A touch of a ballooned page: the balloon pops (OSDI '02 §3.2).</summary>
    BalloonPop,

    /// <summary>A write to a shared page: the writer gets a copy (OSDI '02 §4).</summary>
    CopyOnWrite,

    /// <summary>A write to a shared page that nobody else shares any more: the writer keeps it.</summary>
    LastSharerWrote,

    /// <summary>A page was scanned for sharing.</summary>
    SharingScan,

    /// <summary>A scanned page matched nothing and left a hint.</summary>
    PageHinted,

    /// <summary>A page with other contents than zeroes became shared.</summary>
    PageShared,

    /// <summary>A page of zeroes became shared.</summary>
    ZeroPageShared,

    /// <summary>A hint matched, but its page had been written or was gone.</summary>
    StaleHint,

    /// <summary>Two pages had equal hashes and unequal contents.</summary>
    FalseMatch,

    /// <summary>A reference count went up or down beyond what a frame holds: in the overflow table.</summary>
    SharingOverflow,

    /// <summary>A scanned page was part of a large page and left alone.</summary>
    LargePageNotShared,

    /// <summary>A large page was broken into small ones.</summary>
    LargePageBroken,

    /// <summary>A page was moved to a machine page of the colour that it should have.</summary>
    PageRecolored,

    /// <summary>A touch found its line in the simulated cache.</summary>
    CacheHit,

    /// <summary>A touch did not find its line in the simulated cache.</summary>
    CacheMiss,

    /// <summary>A device reached a page itself.</summary>
    IoDirect,

    /// <summary>A device did not reach a page: it was copied through a bounce buffer (OSDI '02 §7).</summary>
    IoBounced,

    /// <summary>An IOMMU translated for the device.</summary>
    IoTranslated,

    /// <summary>A page was bounced so often that it was moved to low memory.</summary>
    IoRemapped,

    /// <summary>A page was moved up, to make room in low memory.</summary>
    IoDemoted,

    /// <summary>A hot page found no room in low memory.</summary>
    IoRemapRefused,

    /// <summary>A whole page of a swapped-out page is overwritten by a disk transfer: the old copy is dropped unread.</summary>
    SwappedPageOverwritten,

    /// <summary>The address translation was in the TLB: no interposition at all.</summary>
    TlbHit,

    /// <summary>The TLB missed, the shadow page table had the entry: the hardware walks it, no interposition.</summary>
    TlbMiss,

    /// <summary>The shadow page table had no entry although the guest's own table has: the monitor fills it (a hidden fault).</summary>
    HiddenFault,

    /// <summary>The guest changed its page table; the monitor saw it and dropped the shadow entry.</summary>
    GuestTableWrite,

    /// <summary>The host changed a pmap entry and dropped the shadow entry with it.</summary>
    ShadowInvalidation,

    /// <summary>The guest wrote its page table register: the TLB is flushed.</summary>
    TlbFlush,

    /// <summary>The guest's page table has no page there: the guest handles a fault of its own.</summary>
    GuestFault,

    /// <summary>The guest read a page from its own swap area.</summary>
    GuestPageIn,

    /// <summary>The guest wrote a page to its own swap area.</summary>
    GuestPageOut,

    /// <summary>The guest read a file block into its page cache.</summary>
    GuestFileRead,

    /// <summary>The guest wrote a dirty page of its page cache back to the file.</summary>
    GuestFileWrite,

    /// <summary>The guest dropped a clean page of its page cache.</summary>
    GuestCacheDrop,

    /// <summary>The guest had no page to give and nothing to evict.</summary>
    GuestOutOfMemory,

    /// <summary>A page went into the balloon.</summary>
    BalloonInflate,

    /// <summary>A page came out of the balloon.</summary>
    BalloonDeflate,

    /// <summary>The guest refused the driver a page.</summary>
    BalloonRefusal,

    /// <summary>The driver stopped at its rate limit before it reached its target.</summary>
    BalloonRateLimited,

    /// <summary>The driver started over, because the balloon had popped or the guest had booted.</summary>
    BalloonReset,

    /// <summary>The host wrote a page to its swap file.</summary>
    SwapOut,

    /// <summary>A page that was being written out was touched first: it stays.</summary>
    SwapOutCancelled,

    /// <summary>A disk write that took several swapped pages at once.</summary>
    SwapCluster,

    /// <summary>No frame was free: a page was written out while the toucher waited.</summary>
    SynchronousSwapOut,

    /// <summary>The host swapped in a page only for the guest to write it to its own swap: double paging (OSDI '02 §3.3).</summary>
    DoublePaging,

    /// <summary>The guest wrote a page to its swap that the host had swapped already: the trapped disk just kept the copy.</summary>
    TrappedPageOut,

    /// <summary>A time slice in which a VM above its target was not let run (state low).</summary>
    BlockedSlice,

    /// <summary>Targets were worked out anew.</summary>
    TargetsComputed,

    /// <summary>A page's mapping was invalidated to see whether it would be touched (OSDI '02 §5.3).</summary>
    PageSampled,

    /// <summary>A sampled page was touched within its period.</summary>
    SampleTouched,

    /// <summary>A sampling period of VM time ended.</summary>
    SamplingPeriod,

    /// <summary>A guest booted.</summary>
    GuestBoot,

    /// <summary>A guest crashed.</summary>
    GuestCrash,
}
