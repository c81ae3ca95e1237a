using EsxCourse.Contracts;

namespace EsxCourse.Memory.Sharing;

/// <summary>A page of a VM: what a scan for sharing is told to look at.</summary>
/// <param name="Vm">The VM.</param>
/// <param name="Ppn">Which of its pages.</param>
/// <remarks>The default is the first page of the first VM. 8 bytes.</remarks>
public readonly record struct GuestPage(VmId Vm, Ppn Ppn);
