using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.HotIo;

/// <summary>A transfer went through a bounce buffer, because the device does not reach the page.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page, which the guest may well believe to be low.</param>
/// <param name="Mpn">The machine page, which is high.</param>
/// <param name="Count">Transfers of this page that are remembered.</param>
public sealed record PageBounced(SimTime Time, VmId Vm, Ppn Ppn, Mpn Mpn, int Count) : VmEvent(Time, Vm);

/// <summary>A hot page was moved to low memory; the guest noticed nothing.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page.</param>
/// <param name="From">The high machine page that it had.</param>
/// <param name="To">The low one that it has.</param>
public sealed record HotPageRemapped(SimTime Time, VmId Vm, Ppn Ppn, Mpn From, Mpn To) : VmEvent(Time, Vm);

/// <summary>A page was moved up, to make room in low memory.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page.</param>
/// <param name="From">The low machine page that it had.</param>
/// <param name="To">The high one that it has.</param>
public sealed record PageDemoted(SimTime Time, VmId Vm, Ppn Ppn, Mpn From, Mpn To) : VmEvent(Time, Vm);
