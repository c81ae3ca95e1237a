using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Walks over recorded events, forwards and backwards, and knows every pmap at the place where it stands. That is possible because
// there is one writer: PmapChanged events are all there is to a pmap, and each says what was there before.

/// <summary>A place between two recorded events, and the pmaps as they were there.</summary>
/// <remarks>Moving costs O(events passed).</remarks>
public sealed class EventCursor
{
    private readonly MemoryRecorder recorder;
    private readonly Dictionary<VmId, PmapState[]> pmaps = [];

    internal EventCursor(MemoryRecorder recorder) => this.recorder = recorder;

    /// <summary>How many events lie behind the cursor, from 0.</summary>
    public int Position { get; private set; }

    /// <summary>The event just passed; null at the start.</summary>
    public MemoryEvent? Last => Position == 0 ? null : recorder.Events[Position - 1];

    /// <summary>Moves to a place.</summary>
    /// <param name="position">How many events shall lie behind it, from 0 to all.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many events.</exception>
    public void MoveTo(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, recorder.Events.Count);
        while (Position < position)
            Forward(recorder.Events[Position++]);
        while (Position > position)
            Backward(recorder.Events[--Position]);
    }

    /// <summary>Moves behind the next event.</summary>
    /// <returns>Whether there was one.</returns>
    public bool MoveNext() => MoveNext(_ => true);

    /// <summary>Moves behind the next event of a kind.</summary>
    /// <param name="matches">Which event to look for.</param>
    /// <returns>Whether there was one; if not, the cursor is at the end.</returns>
    public bool MoveNext(Func<MemoryEvent, bool> matches)
    {
        while (Position < recorder.Events.Count)
        {
            MoveTo(Position + 1);
            if (matches(Last!))
                return true;
        }

        return false;
    }

    /// <summary>Moves back before the last event.</summary>
    /// <returns>Whether there was one.</returns>
    public bool MoveBack()
    {
        if (Position == 0)
            return false;
        MoveTo(Position - 1);
        return true;
    }

    /// <summary>Whether a VM had been added by this moment.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>Whether it was there.</returns>
    public bool Has(VmId vm) => pmaps.ContainsKey(vm);

    /// <summary>A VM's pmap at this place.</summary>
    /// <param name="vm">Which VM.</param>
    /// <returns>The state of every page.</returns>
    /// <exception cref="ArgumentException">The VM was not there yet.</exception>
    public PmapSnapshot PmapOf(VmId vm) => pmaps.TryGetValue(vm, out PmapState[]? states)
        ? new PmapSnapshot(vm, Last?.Time ?? SimTime.Start, [.. states])
        : throw new ArgumentException($"{vm} is not on the host at event {Position}.", nameof(vm));

    private void Forward(MemoryEvent happened)
    {
        if (happened is VmAdded added)
            pmaps[added.Vm] = new PmapState[added.Size.Value];
        else if (happened is PmapChanged changed)
            pmaps[changed.Vm][changed.Ppn.Value] = changed.To;
    }

    private void Backward(MemoryEvent happened)
    {
        if (happened is VmAdded added)
            pmaps.Remove(added.Vm);
        else if (happened is PmapChanged changed)
            pmaps[changed.Vm][changed.Ppn.Value] = changed.From;
    }
}
