using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Reclamation;

/// <summary>How short of memory the host is, and what it does about it.</summary>
/// <remarks>OSDI '02 §6.3; slides "Idle Memory Tax". The default is <see cref="High"/>.</remarks>
public enum ReclamationState
{
    /// <summary>Enough: nothing is reclaimed.</summary>
    High,

    /// <summary>Ballooning; paging only where ballooning is not possible.</summary>
    Soft,

    /// <summary>Paging.</summary>
    Hard,

    /// <summary>Paging, and every VM above its target is blocked (the slides: "suspend VM").</summary>
    Low,
}

/// <summary>The host went from one state to another.</summary>
/// <param name="Time">When.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state now.</param>
/// <param name="Free">Free frames at that moment.</param>
public sealed record StateChanged(SimTime Time, ReclamationState From, ReclamationState To, PageCount Free) : MemoryEvent(Time);
