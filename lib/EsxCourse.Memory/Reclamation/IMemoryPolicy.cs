using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Reclamation;

// Where another policy than ESX's own can stand: what the host sees goes in, orders come out, once a second. The mechanisms (balloons,
// the swap daemon, the scan for sharing) stay as they are and carry the orders out.
//
//     HostView ---> IMemoryPolicy.Decide ---> a VmOrders for each VM ---> balloon channel, swap daemon, sharing, scheduler
//
// Orders are levels, not steps: "so many pages in the balloon", not "so many more". What is ordered twice is done once, and an
// order that is out of date asks for nothing that is there already.
//
// Without a policy the host follows ESX's own rules (OSDI '02 §6.3), which act ten times a second: Simulation/EsxHost.Time.cs.

/// <summary>Decides who gives memory, how much and by which means, in place of ESX's own rules.</summary>
/// <remarks>The same views must bring the same orders, or a run cannot be repeated.</remarks>
public interface IMemoryPolicy
{
    /// <summary>Called at the end of each second, before balloons are polled and pages are scanned.</summary>
    /// <param name="host">What the host sees.</param>
    /// <returns>One order for each VM of the view, in its order.</returns>
    IReadOnlyList<VmOrders> Decide(HostView host);
}

/// <summary>What is ordered for one VM until the next decision.</summary>
/// <param name="Balloon">Pages that its balloon should hold, from 0 to its size; more than its largest balloon is asked as that.</param>
/// <param name="Swap">The host pages out until so many of its pages are in swap space, from 0 to its size. It never pages in: a touch does.</param>
/// <param name="ScanPagesPerSecond">How many of its pages are scanned for sharing in a second, from 0; more than the host's rate for a VM is that.</param>
/// <param name="Blocked">Whether it must not run.</param>
/// <remarks>The default asks nothing.</remarks>
public readonly record struct VmOrders(PageCount Balloon, PageCount Swap, int ScanPagesPerSecond, bool Blocked);

/// <summary>What a host sees of itself and its VMs at one moment.</summary>
/// <param name="Time">The moment.</param>
/// <param name="State">Its state by ESX's transitions.</param>
/// <param name="Memory">Machine memory that VMs can have.</param>
/// <param name="Free">Free frames.</param>
/// <param name="Saved">Frames that sharing saves.</param>
/// <param name="Available">What the VMs' targets may add up to: memory less what is to stay free, and what sharing saves on top.</param>
/// <param name="Thresholds">The amounts of free memory at which the state changes.</param>
/// <param name="TaxRate">τ.</param>
/// <param name="Vms">Every VM that is powered on, in order of their numbers.</param>
public sealed record HostView(
    SimTime Time, ReclamationState State, PageCount Memory, PageCount Free, PageCount Saved, PageCount Available, StateThresholds Thresholds, TaxRate TaxRate, ImmutableArray<VmView> Vms);

/// <summary>What a host sees of one VM.</summary>
/// <param name="Vm">Which VM.</param>
/// <param name="Size">Its max.</param>
/// <param name="Min">Its guaranteed pages.</param>
/// <param name="Shares">Its shares.</param>
/// <param name="Allocated">Machine pages that it holds; a shared one counts for each page that maps it.</param>
/// <param name="Active">Pages that it actively uses, as estimated by sampling.</param>
/// <param name="Touched">Pages that it ever touched, wherever they are now.</param>
/// <param name="Demand">What it could use: what it touched, and a little more to grow into.</param>
/// <param name="Shared">Pages that share their frame.</param>
/// <param name="Ballooned">Pages in its balloon.</param>
/// <param name="BalloonRoom">How many more pages its balloon can take; none while its driver does not answer or its guest refuses.</param>
/// <param name="Swapped">Pages in the host's swap space.</param>
public readonly record struct VmView(
    VmId Vm, PageCount Size, PageCount Min, Shares Shares, PageCount Allocated, PageCount Active, PageCount Touched, PageCount Demand,
    PageCount Shared, PageCount Ballooned, PageCount BalloonRoom, PageCount Swapped);
