using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Virtualization;

/// <summary>What a touch does to a page.</summary>
public enum AccessKind : byte
{
    /// <summary>Looks at it.</summary>
    Read,

    /// <summary>Changes it.</summary>
    Write,

    /// <summary>Hands it to the network card, which takes it by DMA. To the pmap that is a read.</summary>
    Send,
}

/// <summary>A page of a VM was touched.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">Which page.</param>
/// <param name="Kind">Read or write.</param>
/// <param name="Outcome">What the host had to do: <see cref="Outcome.Hit"/> is nothing.</param>
public sealed record PageTouched(SimTime Time, VmId Vm, Ppn Ppn, AccessKind Kind, Outcome Outcome) : VmEvent(Time, Vm);

/// <summary>A pmap entry changed. All of them in order give the pmap at any moment.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose pmap.</param>
/// <param name="Ppn">Which page.</param>
/// <param name="From">Its state before.</param>
/// <param name="To">Its state now.</param>
/// <param name="Mpn">The machine page that it maps now, if any.</param>
public sealed record PmapChanged(SimTime Time, VmId Vm, Ppn Ppn, PmapState From, PmapState To, Mpn? Mpn) : VmEvent(Time, Vm);

/// <summary>A shadow page table entry was filled: the guest's table and the pmap put together.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose tables.</param>
/// <param name="Vpn">The virtual page (counted through the VM's whole address space).</param>
/// <param name="Ppn">What the guest's table says.</param>
/// <param name="Mpn">What the shadow entry says.</param>
public sealed record ShadowFilled(SimTime Time, VmId Vm, Vpn Vpn, Ppn Ppn, Mpn Mpn) : VmEvent(Time, Vm);

/// <summary>A shadow page table entry was dropped, because the guest's table or the pmap changed.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose tables.</param>
/// <param name="Vpn">The virtual page (counted through the VM's whole address space).</param>
public sealed record ShadowDropped(SimTime Time, VmId Vm, Vpn Vpn) : VmEvent(Time, Vm);
