using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Coordinator;

/// <summary>What stays the same while a host runs.</summary>
/// <param name="Memory">Machine memory for VMs.</param>
/// <param name="High">How much of it should be free; 6 %.</param>
/// <param name="Soft">Below so much free memory ESX balloons; 4 %.</param>
/// <param name="Hard">Below it ESX pages; 2 %.</param>
/// <param name="Low">Below it ESX blocks VMs, too; 1 %.</param>
/// <param name="Margin">How far above a threshold free memory must be before ESX leaves the state upwards.</param>
/// <param name="TaxRate">τ.</param>
/// <param name="FastestScan">The most pages of one VM that can be scanned for sharing in a second.</param>
public sealed record HostSetup(PageCount Memory, PageCount High, PageCount Soft, PageCount Hard, PageCount Low, PageCount Margin, TaxRate TaxRate, int FastestScan);

/// <summary>What the host sees of one VM now.</summary>
/// <param name="Vm">Which VM; its number stays the same while it runs.</param>
/// <param name="Size">Its max: the guest's "physical" memory.</param>
/// <param name="Min">Its guaranteed pages.</param>
/// <param name="Shares">Its shares.</param>
/// <param name="Allocated">Machine pages that it holds; a shared one counts for each page that maps it.</param>
/// <param name="Active">Pages that it actively uses, as sampling estimates.</param>
/// <param name="Demand">What it could use: all it ever touched, and a little more to grow into; never below its min. Memory beyond it is wasted on this VM.</param>
/// <param name="Shared">Pages that share their machine page.</param>
/// <param name="Ballooned">Pages in its balloon.</param>
/// <param name="BalloonRoom">How many more pages its balloon can take; none while no driver answers or its guest refuses.</param>
/// <param name="Swapped">Pages in the host's swap space.</param>
public sealed record VmReading(
    VmId Vm, PageCount Size, PageCount Min, Shares Shares, PageCount Allocated, PageCount Active, PageCount Demand, PageCount Shared,
    PageCount Ballooned, PageCount BalloonRoom, PageCount Swapped);

/// <summary>What the host sees now.</summary>
/// <param name="Second">Seconds since it was switched on.</param>
/// <param name="Free">Free machine memory.</param>
/// <param name="Saved">Machine pages that sharing saves: so much more the VMs can hold together.</param>
/// <param name="Vms">The VMs that run; there may be others than a second ago.</param>
public sealed record HostReading(int Second, PageCount Free, PageCount Saved, IReadOnlyList<VmReading> Vms);

/// <summary>What the host shall do with one VM until the next reading. Levels, not steps: what is there already is not done again.</summary>
/// <param name="Balloon">Pages that its balloon should hold, 0 to its size. The driver gets there in its own time, up or down; beyond 65 % of the size it is not asked to.</param>
/// <param name="Swap">The host pages out until so many of its pages are in swap space, 0 to its size. It pages nothing in: a touch does that.</param>
/// <param name="Scan">Pages to scan for sharing in a second, 0 to <see cref="HostSetup.FastestScan"/>.</param>
/// <param name="Block">It must not run.</param>
public sealed record VmOrder(PageCount Balloon, PageCount Swap, int Scan, bool Block);

/// <summary>A policy for a whole host: who gives memory, how much, and by which means (OSDI '02 §5, §6).</summary>
public interface IMemoryCoordinator
{
    /// <summary>Called once, first.</summary>
    /// <param name="host">The host.</param>
    void Start(HostSetup host);

    /// <summary>Called once a second of simulated time.</summary>
    /// <param name="host">What the host sees.</param>
    /// <returns>One order for each VM of the reading, in its order.</returns>
    IReadOnlyList<VmOrder> Decide(HostReading host);
}
