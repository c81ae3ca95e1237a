using System.Runtime.InteropServices;
using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Virtualization;

// A VM as the host sees it: its pmap, the shadow tables that follow from it, its disk, what it is entitled to, and its own time.
// The guest inside is another matter (Guest/GuestOs.cs): the host cannot look into it.

/// <summary>A virtual machine as the host sees it.</summary>
/// <remarks>OSDI '02 §2, §6.1.</remarks>
public sealed class VirtualMachine
{
    internal VirtualMachine(VmId id, string name, MemoryParameters parameters, SimulatedTime time)
    {
        Id = id;
        Name = name;
        Parameters = parameters;
        Pmap = new Pmap(parameters.Max);
        Shadow = new ShadowPageTables(id, Pmap.Length, time, Outcomes);
        Target = parameters.Max;
    }

    /// <summary>Which VM of its host.</summary>
    public VmId Id { get; }

    /// <summary>What the user calls it.</summary>
    public string Name { get; }

    /// <summary>Min, max and shares as they are now.</summary>
    public MemoryParameters Parameters { get; internal set; }

    /// <summary>The size of its "physical" memory.</summary>
    public PageCount Size => new(Pmap.Length);

    /// <summary>Machine pages that it holds now.</summary>
    public PageCount Allocated => new(Pmap.Count(PmapState.Mapped) + Pmap.Count(PmapState.Shared));

    /// <summary>Pages in its balloon, as the host knows it.</summary>
    public PageCount Ballooned => new(Pmap.Count(PmapState.Ballooned));

    /// <summary>Pages in the host's swap file.</summary>
    public PageCount Swapped => new(Pmap.Count(PmapState.Swapped));

    /// <summary>What the host wants it to hold at most, as last worked out; its max while memory is plentiful.</summary>
    public PageCount Target { get; internal set; }

    /// <summary>How often each outcome came.</summary>
    public OutcomeCounts Outcomes { get; } = new();

    /// <summary>Time that the VM has run, which passes only while it is neither blocked nor off. Sampling periods are of this time.</summary>
    public SimDuration VmTime => new(VmNanoseconds / 1000);

    /// <summary>Whether it is still on the host.</summary>
    public bool IsPoweredOn { get; internal set; } = true;

    internal Pmap Pmap { get; }

    internal ShadowPageTables Shadow { get; }

    internal VirtualDisk Disk { get; } = new();

    internal long VmNanoseconds { get; set; }

    /// <summary>The state of one page.</summary>
    /// <param name="ppn">Which page.</param>
    /// <returns>What the pmap says.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The VM has no such page.</exception>
    public PmapState StateOf(Ppn ppn)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)ppn.Value, (uint)Pmap.Length, nameof(ppn));
        return Pmap.StateOf(ppn);
    }

    /// <summary>The machine page behind one page.</summary>
    /// <param name="ppn">Which page.</param>
    /// <returns>The machine page; null when it has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The VM has no such page.</exception>
    public Mpn? MpnOf(Ppn ppn) => StateOf(ppn) is PmapState.Mapped or PmapState.Shared ? Pmap.MpnOf(ppn) : null;

    /// <summary>Keeps the pmap as it is at this moment.</summary>
    /// <param name="time">The moment.</param>
    /// <returns>The state of every page. O(pages).</returns>
    internal PmapSnapshot Snapshot(SimTime time)
    {
        PmapState[] states = new PmapState[Pmap.Length];
        Pmap.CopyStates(states);
        return new PmapSnapshot(Id, time, ImmutableCollectionsMarshal.AsImmutableArray(states));
    }
}
