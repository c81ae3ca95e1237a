using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Paging;

// The swap daemon (OSDI '02 §3.3): pages VMs out to the host's swap space when ballooning cannot, or not fast enough.
// Writes are asynchronous and clustered:
//
//     Start(vm, n)     choose up to n victims, take a slot for each, hand them to the disk as one write
//     Complete(now)    the disk has written the cluster: whatever was not touched meanwhile becomes Swapped, its frame is free
//     Touched(page)    a page on its way was touched: it stays, its slot is free again
//     OneNow(vm)       no frame is free and somebody waits: write one page at once
//
// Always: a page marked PagingOut is Mapped and in a cluster in flight, with a slot of its own. One disk: clusters are
// written one after another. Left out: a swap cache (a page read in and not changed is written anew when it goes again).

internal sealed class HostSwap(SwapSpace swap, PageMapper mapper, SimulatedTime time, long accessNanoseconds, long transferNanoseconds)
{
    /// <summary>Pages in one write. course choice: 64 KiB, a typical cluster of its time; the paper says only that writes are clustered.</summary>
    public const int ClusterPages = 16;

    private readonly Queue<Cluster> inFlight = new();
    private readonly Dictionary<VmId, int> pending = [];
    private SimTime diskFree;

    private sealed record Cluster(VirtualMachine Vm, SimTime Done, List<(Ppn Ppn, int Slot)> Pages);

    /// <summary>Pages of a VM that are on their way out.</summary>
    public int PendingOf(VmId vm) => pending.GetValueOrDefault(vm);

    /// <summary>Slots held by pages on their way out. For the invariant check.</summary>
    public IEnumerable<int> PendingSlots => inFlight.SelectMany(c => c.Pages).Select(p => p.Slot);

    /// <summary>When the disk will have written everything that it was given.</summary>
    public SimTime DiskFree => diskFree;

    /// <summary>Tries to share a page, which frees its frame without a write; null on a host without sharing.</summary>
    /// <remarks>OSDI '02 §4.3: a page is always tried for sharing before it is paged out.</remarks>
    public Func<VirtualMachine, Ppn, bool>? BeforePageOut { get; set; }

    /// <summary>Starts writing out up to <paramref name="pages"/> pages of a VM, in clusters.</summary>
    /// <returns>How many it found.</returns>
    public int Start(VirtualMachine vm, VictimPolicy policy, int pages)
    {
        int started = 0;
        while (started < pages)
        {
            List<(Ppn, int)> cluster = [];
            while (cluster.Count < ClusterPages && started + cluster.Count < pages && swap.HasRoom && policy.Next() is { } ppn)
            {
                if (BeforePageOut?.Invoke(vm, ppn) == true)
                {
                    started++;
                    continue;
                }

                vm.Pmap.MarksOf(ppn) |= PageMarks.PagingOut;
                cluster.Add((ppn, swap.Allocate()!.Value));
            }

            if (cluster.Count == 0)
                break;
            started += cluster.Count;
            SimTime begin = diskFree > time.Now ? diskFree : time.Now;
            diskFree = begin + new SimDuration((accessNanoseconds + cluster.Count * transferNanoseconds) / 1000);
            inFlight.Enqueue(new Cluster(vm, diskFree, cluster));
            pending[vm.Id] = PendingOf(vm.Id) + cluster.Count;
            vm.Outcomes.Count(Outcome.SwapCluster);
            time.Observer?.On(new PageOutStarted(time.Now, vm.Id, new PageCount(cluster.Count), diskFree));
        }

        return started;
    }

    /// <summary>Takes note of every cluster that the disk has written by now.</summary>
    public void Complete(SimTime now)
    {
        while (inFlight.TryPeek(out Cluster? cluster) && cluster.Done <= now)
            Finish(inFlight.Dequeue(), synchronous: false);
    }

    /// <summary>Waits for the oldest write in flight.</summary>
    /// <returns>How long that took; null when nothing was in flight.</returns>
    public SimDuration? WaitForOldest()
    {
        if (!inFlight.TryDequeue(out Cluster? cluster))
            return null;
        Finish(cluster, synchronous: true);
        return cluster.Done > time.Now ? cluster.Done - time.Now : SimDuration.Zero;
    }

    /// <summary>A page on its way out was touched: it stays. Its cluster finds the mark gone and gives the slot back.</summary>
    public void Touched(VirtualMachine vm, Ppn ppn)
    {
        vm.Pmap.MarksOf(ppn) &= ~PageMarks.PagingOut;
        vm.Outcomes.Count(Outcome.SwapOutCancelled);
        time.Observer?.On(new PageOutCancelled(time.Now, vm.Id, ppn));
    }

    /// <summary>Nobody can wait for the daemon: writes one page of a VM at once.</summary>
    /// <returns>Whether there was a page and a slot.</returns>
    public bool OneNow(VirtualMachine vm, VictimPolicy policy)
    {
        if (!swap.HasRoom || policy.Next() is not { } ppn)
            return false;
        if (BeforePageOut?.Invoke(vm, ppn) == true)
            return true;
        vm.Outcomes.Count(Outcome.SynchronousSwapOut);
        PageOut(vm, ppn, swap.Allocate()!.Value, synchronous: true);
        return true;
    }

    /// <summary>As <see cref="OneNow"/>, for a page that was chosen already.</summary>
    public void PageOutNow(VirtualMachine vm, Ppn ppn)
    {
        vm.Outcomes.Count(Outcome.SynchronousSwapOut);
        PageOut(vm, ppn, swap.Allocate()!.Value, synchronous: true);
    }

    private void Finish(Cluster cluster, bool synchronous)
    {
        pending[cluster.Vm.Id] -= cluster.Pages.Count;
        foreach ((Ppn ppn, int slot) in cluster.Pages)
        {
            // Touched, ballooned or discarded meanwhile: PageMapper takes the mark away with whatever it does to the entry.
            if (cluster.Vm.Pmap.StateOf(ppn) == PmapState.Mapped && (cluster.Vm.Pmap.MarksOf(ppn) & PageMarks.PagingOut) != 0)
                PageOut(cluster.Vm, ppn, slot, synchronous);
            else
                swap.Release(slot);
        }
    }

    private void PageOut(VirtualMachine vm, Ppn ppn, int slot, bool synchronous)
    {
        mapper.PageOut(vm, ppn, slot);
        vm.Outcomes.Count(Outcome.SwapOut);
        time.Observer?.On(new PageSwappedOut(time.Now, vm.Id, ppn, synchronous));
    }
}
