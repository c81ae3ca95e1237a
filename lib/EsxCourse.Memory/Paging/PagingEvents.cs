using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Paging;

/// <summary>A page of a VM was written to the host's swap space and its machine page freed.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page.</param>
/// <param name="Synchronous">Whether somebody had to wait for it.</param>
public sealed record PageSwappedOut(SimTime Time, VmId Vm, Ppn Ppn, bool Synchronous) : VmEvent(Time, Vm);

/// <summary>A page that was being written out was touched first and stays.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page.</param>
public sealed record PageOutCancelled(SimTime Time, VmId Vm, Ppn Ppn) : VmEvent(Time, Vm);

/// <summary>A cluster of pages is on its way to the host's swap space.</summary>
/// <param name="Time">When the write was started.</param>
/// <param name="Vm">Whose pages.</param>
/// <param name="Pages">How many.</param>
/// <param name="Done">When the disk will have written them.</param>
public sealed record PageOutStarted(SimTime Time, VmId Vm, PageCount Pages, SimTime Done) : VmEvent(Time, Vm);
