using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Observation;

/// <summary>The host's clock and whoever watches: what a mechanism needs to report an event.</summary>
internal sealed class SimulatedTime(SimClock clock)
{
    /// <summary>The present time.</summary>
    public SimTime Now => clock.Now;

    /// <summary>Null when nobody watches; then no event is built.</summary>
    public IMemoryObserver? Observer { get; set; }
}
