using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Guest;

/// <summary>A guest has booted; its drivers may start.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose guest.</param>
public sealed record GuestBooted(SimTime Time, VmId Vm) : VmEvent(Time, Vm);

/// <summary>A guest has crashed: it runs no more until it is rebooted.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose guest.</param>
public sealed record GuestCrashed(SimTime Time, VmId Vm) : VmEvent(Time, Vm);

/// <summary>A guest evicted one of its pages.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose guest.</param>
/// <param name="Ppn">The page that is free now.</param>
/// <param name="Written">Whether it had to be written to the swap area or to its file.</param>
public sealed record GuestEvicted(SimTime Time, VmId Vm, Ppn Ppn, bool Written) : VmEvent(Time, Vm);

/// <summary>A guest handled a page fault of its own.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose guest.</param>
/// <param name="Vpn">The virtual page.</param>
/// <param name="Ppn">The page it gave.</param>
/// <param name="ReadFromDisk">Whether the contents came from the swap area or a file.</param>
public sealed record GuestFaulted(SimTime Time, VmId Vm, Vpn Vpn, Ppn Ppn, bool ReadFromDisk) : VmEvent(Time, Vm);
