using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Several processors, and the same result as with one. VMs come one after another in a slice because they compete for what the host has
// only once: free frames, shared frames, the disk. Most operations need none of that. They end in the VM's own tables and in machine pages
// that nobody else maps:
//
//     one processor     VM0: a a H a   VM1: a a a a   VM2: a H a a          H needs the host, a does not
//     several           all VMs at once, each up to its first H; then, one after another, each from there on
//
// That is the same as long as no H of one VM reaches into what another has done ahead of it. An H takes frames, which only matters to the
// others if the host runs out of them: then VMs above their target stop in the middle of a slice, and pages of one VM are paged out for
// another. So nobody runs ahead unless frames suffice for the whole slice, whatever the VMs do with it.
//
// Left out: first touches, copies on write and everything else that allocates; they stay in order.

public sealed partial class EsxHost
{
    // Frames that an operation takes at most: for the page that it touches, for one that its guest evicts to get it, and for a copy.
    private const int FramesPerOperation = 3;

    // VMs that a processor takes at a time. course choice: a slice of sixteen VMs is some ten microseconds of work.
    private const int VmsAtATime = 16;

    private ParallelOptions? processors;

    /// <summary>In how many slices VMs ran ahead.</summary>
    internal long SlicesAhead { get; private set; }

    /// <summary>Runs the beginning of every VM's slice, where that comes to the same as one VM after another.</summary>
    private void RunAhead()
    {
        if (Options.Threads == 1 || !MayRunAhead())
            return;
        SlicesAhead++;
        processors ??= new ParallelOptions { MaxDegreeOfParallelism = Options.Threads };
        Parallel.For(0, (vms.Count + VmsAtATime - 1) / VmsAtATime, processors, turn =>
        {
            for (int i = turn * VmsAtATime; i < Math.Min(vms.Count, (turn + 1) * VmsAtATime); i++)
                RunAhead(vms[i]);
        });
    }

    // Nobody hears of the order, no part keeps state for all VMs, and nothing of what may come makes the host run out of frames.
    private bool MayRunAhead()
    {
        if (State == ReclamationState.Low || Time.Observer is not null || TraceWriter is not null || coloring is not null || hotIo is not null
            || Options.Sharing is { Scan: ScanPolicy.LeastRecentlyWritten })
            return false;
        double operations = 0;
        foreach (HostedVm hosted in vms)
            operations += hosted.Vm.IsPoweredOn ? 1 + hosted.OperationsPerSecond / SlicesPerSecond : 0;
        return machine.FreeFrames - FramesPerOperation * operations > thresholds.Low.Value;
    }

    private void RunAhead(HostedVm hosted)
    {
        if (!hosted.Vm.IsPoweredOn || IsBlocked(hosted) || hosted.Guest.State != GuestState.Running || hosted.Work is not { } work)
            return;
        hosted.IsAhead = BeginSlice(hosted);
        while (hosted.SpentNanoseconds < 0)
        {
            WorkloadOperation operation = NextOperation(hosted, work);
            if (!StaysInside(hosted, operation))
            {
                hosted.PutOff = operation;
                return;
            }

            Do(hosted, operation);
        }
    }

    // Whether an operation needs nothing but the VM's own: its page, or the free page that its guest would take for it, has a machine page that it may use as it wants to.
    private static bool StaysInside(HostedVm hosted, in WorkloadOperation operation)
    {
        if (operation.Vpn < 0)
            return true;
        int page = hosted.Guest.Foresee(operation.Vpn);
        if (page < 0)
            return false;
        PmapState state = hosted.Vm.Pmap.StateOf(new Ppn(page));
        return state == PmapState.Mapped || (state == PmapState.Shared && operation.Kind != AccessKind.Write && hosted.Guest.Translate(operation.Vpn) is not null);
    }
}
