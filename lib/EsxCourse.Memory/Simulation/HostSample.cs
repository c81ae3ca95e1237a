using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Simulation;

/// <summary>The host at one moment: a point of every curve over time.</summary>
/// <param name="Time">The moment.</param>
/// <param name="Free">Free frames.</param>
/// <param name="Vms">Every VM, indexed by its number.</param>
public sealed record HostSample(SimTime Time, PageCount Free, ImmutableArray<VmSample> Vms);

/// <summary>One VM at one moment.</summary>
/// <param name="Allocated">Machine pages that it holds.</param>
/// <param name="Ballooned">Pages in its balloon.</param>
/// <param name="Swapped">Pages in the host's swap space.</param>
/// <param name="Target">What the host wants it to hold at most.</param>
/// <param name="BalloonTarget">What the host wants in its balloon.</param>
public readonly record struct VmSample(PageCount Allocated, PageCount Ballooned, PageCount Swapped, PageCount Target, PageCount BalloonTarget);
