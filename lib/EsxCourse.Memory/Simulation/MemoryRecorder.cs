using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Simulation;

/// <summary>Keeps every event in order, for step views and for tests.</summary>
/// <remarks>Hand it to <see cref="HostOptions.Observer"/>. It grows without limit: about 60 bytes an event.</remarks>
public sealed class MemoryRecorder : IMemoryObserver
{
    private readonly List<MemoryEvent> events = [];

    /// <summary>All events so far, in order.</summary>
    public IReadOnlyList<MemoryEvent> Events => events;

    /// <inheritdoc/>
    public void On(MemoryEvent happened) => events.Add(happened);

    /// <summary>A cursor before the first event.</summary>
    /// <returns>The cursor; it sees events that are recorded later, too.</returns>
    public EventCursor Cursor() => new(this);
}
