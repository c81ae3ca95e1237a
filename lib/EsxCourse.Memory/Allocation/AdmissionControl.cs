using EsxCourse.Contracts;

namespace EsxCourse.Memory.Allocation;

// Admission control (OSDI '02 §6.2): a VM is powered on only if its guarantee can be kept whatever the others do.
//
//     machine memory   Σ (min + overhead)  must fit         the overhead is the monitor's own and cannot be reclaimed
//     swap space       Σ (max - min)       must fit         so that everything above min can always be paged out

/// <summary>Why a VM is let in or not.</summary>
/// <param name="MemoryNeeded">Machine memory that all guarantees and overheads need, with the new VM.</param>
/// <param name="MemoryThere">The machine's memory.</param>
/// <param name="SwapNeeded">Swap space that all VMs need, with the new one.</param>
/// <param name="SwapThere">The host's swap space.</param>
public sealed record AdmissionDecision(PageCount MemoryNeeded, PageCount MemoryThere, PageCount SwapNeeded, PageCount SwapThere)
{
    /// <summary>Whether the VM is let in.</summary>
    public bool Admitted => MemoryNeeded <= MemoryThere && SwapNeeded <= SwapThere;

    /// <summary>Says what is missing.</summary>
    public override string ToString() =>
        MemoryNeeded > MemoryThere ? $"guaranteed memory and overhead come to {MemoryNeeded}, the machine has {MemoryThere}"
        : SwapNeeded > SwapThere ? $"memory above the guarantees comes to {SwapNeeded}, the swap space has {SwapThere}"
        : "admitted";
}

/// <summary>Decides whether a VM may be powered on.</summary>
/// <remarks>OSDI '02 §6.2.</remarks>
public static class AdmissionControl
{
    /// <summary>Decides on a set of VMs.</summary>
    /// <param name="vms">All VMs, the new one among them.</param>
    /// <param name="overhead">Machine memory that each VM takes beside its own.</param>
    /// <param name="machine">The machine's memory.</param>
    /// <param name="swap">The host's swap space.</param>
    /// <returns>The decision with its reason.</returns>
    public static AdmissionDecision Decide(IEnumerable<MemoryParameters> vms, PageCount overhead, PageCount machine, PageCount swap)
    {
        PageCount memoryNeeded = default, swapNeeded = default;
        foreach (MemoryParameters vm in vms)
        {
            memoryNeeded += vm.Min + overhead;
            swapNeeded += vm.Max - vm.Min;
        }

        return new AdmissionDecision(memoryNeeded, machine, swapNeeded, swap);
    }
}
