using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Simulation;

/// <summary>A VM was added; its pmap starts with every page unbacked.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">The size of its "physical" memory.</param>
public sealed record VmAdded(SimTime Time, VmId Vm, string Name, PageCount Size) : VmEvent(Time, Vm);

/// <summary>A VM was powered off and removed.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Which.</param>
public sealed record VmRemoved(SimTime Time, VmId Vm) : VmEvent(Time, Vm);

/// <summary>A second of simulated time begins.</summary>
/// <param name="Time">The time it begins at.</param>
public sealed record SecondBegan(SimTime Time) : MemoryEvent(Time);
