using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Guest;

namespace EsxCourse.Memory.Simulation;

/// <summary>A VM to be run: its memory, what it is entitled to, and the guest inside.</summary>
/// <param name="Name">What it is called; unique on a host.</param>
/// <param name="Memory">Its max: the size of the guest's "physical" memory.</param>
public sealed record VmOptions(string Name, PageCount Memory)
{
    /// <summary>Its guaranteed memory; null makes it half of its memory, as in the paper's figure 8.</summary>
    public PageCount? Min { get; init; }

    /// <summary>Its shares; null gives ten a page, so that equal machines have equal rights.</summary>
    public Shares? Shares { get; init; }

    /// <summary>The operating system inside.</summary>
    public GuestOptions Guest { get; init; } = new();

    /// <summary>What it does; null if the lecturer touches its pages by hand.</summary>
    public WorkloadOptions? Workload { get; init; }

    /// <summary>Its part of a partitioned cache, in proportion to the other VMs' weights; above 0.</summary>
    public double CacheWeight { get; init; } = 1;

    internal MemoryParameters Parameters =>
        new MemoryParameters(Min ?? new PageCount(Memory.Value / 2), Memory, Shares ?? new Shares(10 * Memory.Value)).Checked();
}
