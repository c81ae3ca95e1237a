using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Ballooning;

/// <summary>The driver pinned a page; the host took its machine page.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose balloon.</param>
/// <param name="Ppn">The page.</param>
public sealed record BalloonInflated(SimTime Time, VmId Vm, Ppn Ppn) : VmEvent(Time, Vm);

/// <summary>The driver gave a page back to the guest.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose balloon.</param>
/// <param name="Ppn">The page.</param>
public sealed record BalloonDeflated(SimTime Time, VmId Vm, Ppn Ppn) : VmEvent(Time, Vm);

/// <summary>The guest refused the driver a page.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose guest.</param>
/// <param name="Held">What the driver has.</param>
/// <param name="Target">What it should have.</param>
public sealed record BalloonRefused(SimTime Time, VmId Vm, PageCount Held, PageCount Target) : VmEvent(Time, Vm);

/// <summary>The guest touched a ballooned page: the balloon popped, and the page has a new zeroed machine page.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose balloon.</param>
/// <param name="Ppn">The page that was touched.</param>
public sealed record BalloonPopped(SimTime Time, VmId Vm, Ppn Ppn) : VmEvent(Time, Vm);

/// <summary>The driver started over with an empty balloon.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose balloon.</param>
/// <param name="Released">The pages that were still marked as ballooned.</param>
public sealed record BalloonReset(SimTime Time, VmId Vm, PageCount Released) : VmEvent(Time, Vm);
