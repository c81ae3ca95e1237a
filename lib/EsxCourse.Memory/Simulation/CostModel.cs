namespace EsxCourse.Memory.Simulation;

/// <summary>What each outcome costs the VM that caused it, in simulated nanoseconds.</summary>
/// <remarks>
/// The paper gives no such numbers. course choice: orders of magnitude of its testbed (550 MHz Pentium III Xeon, SCSI disks), rounded, so
/// that ratios can be explained at the blackboard: a disk access is a thousand hidden faults.
/// </remarks>
public sealed record CostModel
{
    /// <summary>The orders of magnitude of 2002.</summary>
    public static CostModel Default { get; } = new();

    /// <summary>The hardware's walk of the shadow table on a TLB miss: two memory references.</summary>
    public long TlbMiss { get; init; } = 200;

    /// <summary>A hidden fault: into the monitor, two look-ups, and back.</summary>
    public long HiddenFault { get; init; } = 5_000;

    /// <summary>Allocating and zeroing a machine page at 1 GB/s.</summary>
    public long FirstTouch { get; init; } = 4_000;

    /// <summary>Popping the balloon: a first touch, and the pmap to be looked after.</summary>
    public long BalloonPop { get; init; } = 10_000;

    /// <summary>The guest's own page fault without a disk: into its kernel and back, zeroing a page.</summary>
    public long GuestFault { get; init; } = 6_000;

    /// <summary>A disk access in random order: seek and half a turn.</summary>
    public long DiskAccess { get; init; } = 8_000_000;

    /// <summary>Each page of a transfer at 40 MB/s.</summary>
    public long DiskTransfer { get; init; } = 100_000;

    /// <summary>Copying a page (copy-on-write).</summary>
    public long PageCopy { get; init; } = 8_000;

    /// <summary>Ballooning a page: the driver's allocation and its report to the server.</summary>
    public long BalloonPage { get; init; } = 5_000;
}
