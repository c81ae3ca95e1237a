using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

/// <summary>Simulated time: starts at 0, and only the host advances it.</summary>
/// <remarks>No part of the simulator ever reads the computer's own clock.</remarks>
public sealed class SimClock
{
    /// <summary>How much simulated time has passed.</summary>
    public SimTime Now { get; private set; }

    internal void Advance(SimDuration duration) => Now += duration;
}
