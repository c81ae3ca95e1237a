using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Exercises.Paging;

/// <summary>One thing that a guest did to its "physical" memory.</summary>
/// <param name="Page">The page.</param>
/// <param name="Block">The block of its paging disk that was transferred; null for a touch.</param>
/// <param name="Write">Whether the page was changed, or went to the disk.</param>
internal readonly record struct GuestStep(int Page, int? Block, bool Write);

/// <summary>Watches the memory manager's own guest, with LRU of its own and a working set larger than its memory, on a host with memory to spare.</summary>
/// <remarks>A guest notices nothing of the host's paging, so what it does here it does under any host.</remarks>
internal sealed class GuestTrace : IMemoryObserver
{
    /// <summary>Pages of the guest's memory.</summary>
    public const int Pages = 48;

    private const int WorkingSet = 56;
    private readonly List<GuestStep> steps = [];
    private readonly Dictionary<int, int> vpnOf = [];
    private int? full;

    /// <summary>All that the guest does from its boot on, until it has done <paramref name="count"/> steps more after it ran out of memory.</summary>
    public static IReadOnlyList<GuestStep> Of(Inputs inputs, int count)
    {
        GuestTrace trace = new();
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(400), Seed = (ulong)inputs.Whole(1, int.MaxValue), Observer = trace });
        host.AddVm(new VmOptions("guest", new PageCount(Pages))
        {
            Min = new PageCount(Pages),
            Guest = new GuestOptions { Replacement = ReplacementPolicy.Lru },
            Workload = new SteadyWorkload(new PageCount(WorkingSet)) { TouchesPerSecond = 400 },
        });
        while (trace.full is null || trace.steps.Count < trace.full + count)
            host.Run(SimDuration.FromSeconds(1));
        return [.. trace.steps.Take(trace.full.Value + count)];
    }

    /// <summary>How often a host that pages out the least recently used page pages what the guest then pages, too.</summary>
    public static int DoublePagingsOfLru(IReadOnlyList<GuestStep> steps, int resident, int target)
    {
        // The last touched is at the end.
        List<int> inMemory = [];
        int paged = 0;
        foreach (GuestStep step in steps)
        {
            bool present = inMemory.Remove(step.Page);
            if (step is { Block: not null, Write: true } && !present)
            {
                paged++;
                continue;
            }

            inMemory.Add(step.Page);
            if (inMemory.Count > resident)
                inMemory.RemoveRange(0, target);
        }

        return paged;
    }

    public void On(MemoryEvent happened)
    {
        switch (happened)
        {
            case PageTouched touched:
                steps.Add(new GuestStep(touched.Ppn.Value, null, touched.Kind == AccessKind.Write));
                break;
            case GuestEvicted { Written: true } evicted:
                full ??= steps.Count;
                Transfer(evicted.Ppn.Value, vpnOf[evicted.Ppn.Value], write: true);
                break;
            case GuestFaulted faulted:
                vpnOf[faulted.Ppn.Value] = faulted.Vpn.Value;
                if (faulted.ReadFromDisk)
                    Transfer(faulted.Ppn.Value, faulted.Vpn.Value, write: false);
                break;
        }
    }

    /// <summary>The touch before it was the transfer's. Each virtual page has a block of its own here.</summary>
    private void Transfer(int page, int block, bool write) => steps[^1] = new GuestStep(page, block, write);
}
