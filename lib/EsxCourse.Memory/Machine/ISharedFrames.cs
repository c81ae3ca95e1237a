using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

/// <summary>Where the reference counts of shared frames are kept: the sharing table (OSDI '02 §4.2), which lies above this room.</summary>
internal interface ISharedFrames
{
    /// <summary>How many pages map a shared frame.</summary>
    int Count(Mpn mpn);

    /// <summary>One page less maps it.</summary>
    /// <returns>How many still do; at 0 the frame is free, and the table has forgotten it.</returns>
    int RemoveReference(Mpn mpn);
}
