using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Sharing;

/// <summary>A page was scanned, matched nothing, and left a hint.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page.</param>
/// <param name="Mpn">The machine page behind it.</param>
public sealed record PageHinted(SimTime Time, VmId Vm, Ppn Ppn, Mpn Mpn) : VmEvent(Time, Vm);

/// <summary>A page was found to be equal to another and shares its machine page now, copy-on-write.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page.</param>
/// <param name="Ppn">The page.</param>
/// <param name="Mpn">The machine page that it shares.</param>
/// <param name="Count">How many pages share it now.</param>
/// <param name="IsZero">Whether it is a page of zeroes.</param>
public sealed record PageShared(SimTime Time, VmId Vm, Ppn Ppn, Mpn Mpn, int Count, bool IsZero) : VmEvent(Time, Vm);

/// <summary>A hint matched, but its page was written or is gone since: the hint is dropped.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">The VM that the hint named.</param>
/// <param name="Ppn">The page that the hint named.</param>
/// <param name="Mpn">The machine page that it was about.</param>
public sealed record StaleHintDropped(SimTime Time, VmId Vm, Ppn Ppn, Mpn Mpn) : VmEvent(Time, Vm);

/// <summary>Two pages have equal hashes and unequal contents: the scanned one is not scanned again while it stays where it is.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose page was scanned.</param>
/// <param name="Ppn">The page.</param>
/// <param name="Other">The machine page whose hash it has.</param>
public sealed record FalseMatchFound(SimTime Time, VmId Vm, Ppn Ppn, Mpn Other) : VmEvent(Time, Vm);

/// <summary>A shared page was written: the writer has a page of its own again.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Who wrote.</param>
/// <param name="Ppn">The page.</param>
/// <param name="From">The shared machine page.</param>
/// <param name="To">The private one; the same if nobody else used it any more.</param>
/// <param name="Left">How many pages still share the old one.</param>
public sealed record SharingBroken(SimTime Time, VmId Vm, Ppn Ppn, Mpn From, Mpn To, int Left) : VmEvent(Time, Vm);

/// <summary>A large page was broken into small ones, which may be shared.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose.</param>
/// <param name="First">Its first page.</param>
public sealed record LargePageBroken(SimTime Time, VmId Vm, Ppn First) : VmEvent(Time, Vm);
