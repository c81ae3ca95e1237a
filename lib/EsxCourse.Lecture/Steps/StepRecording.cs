using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Lecture;

// Makes a step view of what a host really did. The host's recorder has every event; PmapChanged says all there is to a pmap and
// to which machine page serves whom. So the pictures are a fold over the events, never a second account of the machine.
//
//   events   e0 e1 e2 | e3 e4 e5 e6 e7      |  Begin
//   frames             ^  N     e5    N        a note is a frame at its place; a matching event is a frame behind it

/// <summary>Watches a host from now on, and makes a step view of it.</summary>
/// <example><code>
/// StepRecording steps = StepRecording.Begin(host);
/// host.SetBalloonTarget(vm, new PageCount(6));
/// host.Step();
/// steps.View("The balloon inflates", happened => happened is BalloonInflated)
/// </code></example>
public sealed class StepRecording
{
    private readonly EsxHost host;
    private readonly MemoryRecorder recorder;
    private readonly int begin;
    private readonly List<(int Position, string Caption)> notes = [];

    private StepRecording(EsxHost host, MemoryRecorder recorder)
    {
        this.host = host;
        this.recorder = recorder;
        begin = recorder.Events.Count;
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="host">A host whose <see cref="HostOptions.Observer"/> is a <see cref="MemoryRecorder"/>.</param>
    /// <returns>The recording, still empty.</returns>
    /// <exception cref="ArgumentException">The host keeps no events.</exception>
    public static StepRecording Begin(EsxHost host) => host.Options.Observer is MemoryRecorder recorder
        ? new StepRecording(host, recorder)
        : throw new ArgumentException("The host keeps no events: build it with new HostOptions { Observer = new MemoryRecorder() }.", nameof(host));

    /// <summary>Makes a moment of the present, with a caption of the lecturer's own.</summary>
    /// <param name="caption">What is to be seen, in a sentence.</param>
    /// <returns>This recording.</returns>
    public StepRecording Note(string caption)
    {
        notes.Add((recorder.Events.Count, caption));
        return this;
    }

    /// <summary>The moments so far: every note, and every event that matches.</summary>
    /// <param name="title">What the whole is about.</param>
    /// <param name="when">Which events are moments, beside the notes; null for none.</param>
    /// <param name="withMachine">Whether the machine's frames are shown beside the pmaps.</param>
    /// <param name="shadowPages">How many virtual pages of each VM's shadow page table are shown; 0 for none.</param>
    /// <returns>The view.</returns>
    /// <exception cref="ArgumentException">There is nothing to show, or too much for a step view.</exception>
    public StepView View(string title, Func<MemoryEvent, bool>? when = null, bool withMachine = true, int shadowPages = 0)
    {
        EventCursor cursor = recorder.Cursor();
        MappedFrames frames = new((int)host.Machine.FrameCount.Value);
        ShadowEntries shadows = new();
        List<StepFrame> moments = [];
        int note = 0;
        for (int position = 0; ; position++)
        {
            for (; note < notes.Count && notes[note].Position == position; note++)
                moments.Add(new StepFrame(notes[note].Caption, Grids()));
            if (position == recorder.Events.Count)
                break;
            MemoryEvent happened = recorder.Events[position];
            cursor.MoveTo(position + 1);
            frames.Follow(happened);
            shadows.Follow(happened);
            if (position >= begin && when?.Invoke(happened) == true)
                moments.Add(new StepFrame(EventText.Of(happened).Trim(), Grids()));
        }

        return new StepView(title, moments);

        ImmutableArray<StepGrid> Grids()
        {
            List<StepGrid> grids = [];
            foreach (VirtualMachine vm in host.Vms)
            {
                if (shadowPages > 0)
                    grids.Add(MemoryGrids.Shadow($"shadow page table of {vm.Name} ({vm.Id})", shadowPages, vpn => shadows.MpnOf(vm.Id, vpn)));
                grids.Add(MemoryGrids.Pmap($"pmap of {vm.Name} ({vm.Id})", PmapOf(vm), ppn => frames.MpnOf(vm.Id, ppn)));
            }

            if (withMachine)
                grids.Add(MemoryGrids.Machine("machine memory", frames.Mappers, id => $"{host.Vms[id.Value].Name} ({id})", host.BounceBuffers));
            return [.. grids];
        }

        // A VM that comes later is there from the first moment on, with nothing behind its pages: all moments show the same grids.
        PmapSnapshot PmapOf(VirtualMachine vm) => cursor.Has(vm.Id) ? cursor.PmapOf(vm.Id) : new PmapSnapshot(vm.Id, SimTime.Start, [.. new PmapState[vm.Size.Value]]);
    }

    /// <summary>Which virtual page leads to which machine page at once, as the events tell it.</summary>
    private sealed class ShadowEntries
    {
        private readonly Dictionary<(VmId, Vpn), Mpn> entries = [];

        public Mpn? MpnOf(VmId vm, Vpn vpn) => entries.TryGetValue((vm, vpn), out Mpn mpn) ? mpn : null;

        public void Follow(MemoryEvent happened)
        {
            if (happened is ShadowFilled filled)
                entries[(filled.Vm, filled.Vpn)] = filled.Mpn;
            else if (happened is ShadowDropped dropped)
                entries.Remove((dropped.Vm, dropped.Vpn));
        }
    }

    /// <summary>Which machine page serves whom, as the events tell it.</summary>
    private sealed class MappedFrames(int frameCount)
    {
        private readonly List<(VmId Vm, Ppn Ppn)>[] mappers = [.. Enumerable.Range(0, frameCount).Select(_ => new List<(VmId, Ppn)>())];
        private readonly Dictionary<(VmId, Ppn), Mpn> mapped = [];

        public IReadOnlyList<IReadOnlyList<(VmId Vm, Ppn Ppn)>> Mappers => mappers;

        public Mpn? MpnOf(VmId vm, Ppn ppn) => mapped.TryGetValue((vm, ppn), out Mpn mpn) ? mpn : null;

        public void Follow(MemoryEvent happened)
        {
            if (happened is not PmapChanged changed)
                return;
            (VmId, Ppn) page = (changed.Vm, changed.Ppn);
            if (mapped.Remove(page, out Mpn before))
                mappers[before.Value].Remove(page);
            if (changed.Mpn is { } now)
            {
                mapped.Add(page, now);
                mappers[now.Value].Add(page);
            }
        }
    }
}
