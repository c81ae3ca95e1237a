using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Memory.Simulation;

/// <summary>The host at one moment: a point of every curve over time.</summary>
/// <param name="Time">The moment.</param>
/// <param name="State">Its state.</param>
/// <param name="Free">Free frames.</param>
/// <param name="SwapUsed">Slots of the swap space in use.</param>
/// <param name="Shared">Guest pages that share a frame with at least one other; none without sharing.</param>
/// <param name="Reclaimed">Frames that sharing saves.</param>
/// <param name="Vms">Every VM that was ever added, indexed by its number.</param>
public sealed record HostSample(SimTime Time, ReclamationState State, PageCount Free, PageCount SwapUsed, PageCount Shared, PageCount Reclaimed, ImmutableArray<VmSample> Vms);

/// <summary>One VM at one moment.</summary>
/// <param name="Allocated">Machine pages that it holds.</param>
/// <param name="Active">Pages that it actively uses, as estimated by sampling.</param>
/// <param name="Ballooned">Pages in its balloon.</param>
/// <param name="Swapped">Pages in the host's swap space.</param>
/// <param name="Target">What the host wants it to hold at most.</param>
/// <param name="BalloonTarget">What the host wants in its balloon.</param>
/// <param name="Operations">Operations that its workload has done since the beginning.</param>
public readonly record struct VmSample(
    PageCount Allocated, PageCount Active, PageCount Ballooned, PageCount Swapped, PageCount Target, PageCount BalloonTarget, long Operations);
