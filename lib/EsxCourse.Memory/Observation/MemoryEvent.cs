using EsxCourse.Contracts;

namespace EsxCourse.Memory.Observation;

// Watching the machine. A mechanism holds a nullable observer and writes `observer?.On(new PageSwappedOut(…))`; with no observer
// the event is never built. Events are a closed family: this record and the sealed cases beside each mechanism
// (Virtualization/VirtualizationEvents.cs, Guest/GuestEvents.cs, Ballooning/BalloonEvents.cs …). They carry typed numbers;
// sentences are made by EventText. Observers only watch: a run with and without one ends the same.

/// <summary>Something that happened in the memory manager.</summary>
/// <param name="Time">When, in simulated time.</param>
/// <remarks>Match on the sealed cases, for example <c>case BalloonInflated inflated</c>.</remarks>
public abstract record MemoryEvent(SimTime Time);

/// <summary>Something that happened to one VM.</summary>
/// <param name="Time">When, in simulated time.</param>
/// <param name="Vm">Which VM.</param>
public abstract record VmEvent(SimTime Time, VmId Vm) : MemoryEvent(Time);

/// <summary>Watches the memory manager. It must not change anything.</summary>
public interface IMemoryObserver
{
    /// <summary>Called as each event happens, in order.</summary>
    /// <param name="happened">The event.</param>
    void On(MemoryEvent happened);
}
