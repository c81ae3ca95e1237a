namespace EsxCourse.Memory.Virtualization;

/// <summary>What a pmap entry says of a guest's "physical" page.</summary>
/// <remarks>OSDI '02 §2, §3.2, §3.3, §4.1. The default is <see cref="Unbacked"/>.</remarks>
public enum PmapState : byte
{
    /// <summary>No machine page yet, or none any more: the next touch gets a zeroed one.</summary>
    Unbacked,

    /// <summary>Backed by a machine page of its own.</summary>
    Mapped,

    /// <summary>Backed by a machine page that others map too, copy-on-write.</summary>
    Shared,

    /// <summary>Pinned by the balloon driver; its machine page was taken. A touch pops the balloon.</summary>
    Ballooned,

    /// <summary>In the host's swap file; a touch reads it back.</summary>
    Swapped,
}
