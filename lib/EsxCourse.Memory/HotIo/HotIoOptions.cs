using EsxCourse.Contracts;

namespace EsxCourse.Memory.HotIo;

/// <summary>Which page gives up low memory when a hot one needs it.</summary>
/// <remarks>OSDI '02 §7 leaves the question open and names these two ways.</remarks>
public enum DemotionRule
{
    /// <summary>None: who came first stays.</summary>
    None,

    /// <summary>Any page in low memory.</summary>
    Random,

    /// <summary>The coldest of a few that are looked at, and only if that saves more copies than the move costs.</summary>
    CostBenefit,
}

/// <summary>Devices that cannot reach all of memory, and what the host does about it.</summary>
/// <remarks>OSDI '02 §7. Use <c>with</c>.</remarks>
public sealed record HotIoOptions
{
    /// <summary>How much of the machine's memory, from its start, a device can reach. A 32-bit PCI device reaches 4 GB.</summary>
    public PageCount DeviceReach { get; init; } = new(1 << 20);

    /// <summary>Pages of low memory set aside as bounce buffers. course choice: 64, a quarter of a megabyte.</summary>
    public int BouncePages { get; init; } = 64;

    /// <summary>Whether hot pages are moved to low memory. Without it every transfer of a high page is copied: the usual way.</summary>
    public bool Remap { get; init; } = true;

    /// <summary>Copies of a page after which it is hot.</summary>
    /// <remarks>Not given in the paper. course choice: 16. A move costs one copy, so it pays if there is only one more transfer; but low memory
    /// is scarce, and most pages are sent once or twice and never again.</remarks>
    public int Threshold { get; init; } = 16;

    /// <summary>Every so many seconds all counts are halved, so that what was hot once is not hot for ever. course choice.</summary>
    public int HalvingSeconds { get; init; } = 10;

    /// <summary>Who makes room when low memory is used up.</summary>
    public DemotionRule Demotion { get; init; } = DemotionRule.CostBenefit;

    /// <summary>Whether an IOMMU translates for the devices: then they reach everything, and nothing of this is needed.</summary>
    public bool Iommu { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public HotIoOptions Checked() =>
        DeviceReach.Value < 1 ? throw new ArgumentException($"A device reaches at least one page, not {DeviceReach}.")
        : BouncePages < 1 || BouncePages > DeviceReach.Value ? throw new ArgumentException($"There must be 1 bounce page at least, and all within the device's reach ({DeviceReach}); there are {BouncePages}.")
        : Threshold is < 1 or > ushort.MaxValue ? throw new ArgumentException($"The threshold is {Threshold} copies; it lies in 1 to 65,535.")
        : HalvingSeconds < 1 ? throw new ArgumentException($"Counts are halved every {HalvingSeconds} s; that is at least 1.")
        : this;
}
