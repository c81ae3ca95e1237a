using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// What a host has to do with shared pages (OSDI '02 §4): give a writer its copy, and find a way out when there is nothing left to
// page out but shared pages.

public sealed partial class EsxHost
{
    /// <summary>What sharing saves now; null on a host without sharing.</summary>
    /// <returns>The report. O(frames).</returns>
    public SharingReport? SharingReport() => sharing?.Report();

    internal ContentSharing? Sharing => sharing;

    /// <summary>What is wrong with the sharing table, or with what every so many VMs think of it; null if nothing is. O(frames + pages).</summary>
    internal string? FindSharingFault(int every)
    {
        if (sharing is null)
            return null;
        try
        {
            sharing.Table.CheckInvariants(every);
        }
        catch (InvalidOperationException fault)
        {
            return fault.Message;
        }

        foreach (HostedVm hosted in vms.Where((_, number) => number % every == 0))
            for (int i = 0; i < hosted.Vm.Pmap.Length; i++)
            {
                Ppn ppn = new(i);
                PmapState state = hosted.Vm.Pmap.StateOf(ppn);
                if (state is PmapState.Mapped or PmapState.Shared && sharing.Table.IsShared(hosted.Vm.Pmap.MpnOf(ppn)) != (state == PmapState.Shared))
                    return $"{hosted.Vm.Id} {ppn} is {state}, but its machine page {hosted.Vm.Pmap.MpnOf(ppn)} is {(state == PmapState.Shared ? "no" : "a")} shared frame";
            }

        return null;
    }

    // A second's worth of sharing. While memory is short each VM loses a large page a second, so that there is more to share.
    // course choice: vSphere does so from its state "clear" down; one a second is a rate that can be watched.
    private void ShareForOneSecond()
    {
        if (sharing is null)
            return;
        foreach (HostedVm hosted in vms)
            if (State != ReclamationState.High)
                sharing.BreakLargePage(hosted.Vm);
        sharing.ScanForOneSecond(Options.Policy is null ? null : vm => Hosted(vm).Orders.ScanPagesPerSecond);
    }

    // A write to a shared page: the writer gets a copy, or keeps the page if it was the last to use it. Null if the page is not
    // shared any more, because it was itself paged out to find a frame for the copy.
    private Outcome? BreakSharing(HostedVm hosted, Ppn ppn, bool overwritten)
    {
        VirtualMachine vm = hosted.Vm;
        hosted.SpentNanoseconds += Options.Costs.HiddenFault;
        if (!sharing!.NeedsCopy(vm, ppn))
        {
            sharing.MakePrivate(vm, ppn);
            return Outcome.LastSharerWrote;
        }

        Mpn copy = TakeFrame(hosted, zeroed: false, ppn);
        if (vm.Pmap.StateOf(ppn) != PmapState.Shared)
        {
            machine.Release(copy);
            return null;
        }

        sharing.BreakSharing(vm, ppn, copy, overwritten);
        hosted.SpentNanoseconds += overwritten ? 0 : Options.Costs.PageCopy;
        return Outcome.CopyOnWrite;
    }

    // Nothing is left to page out but shared pages: each that goes gives up one reference, and the last one frees the frame. ESX
    // would rather have shared less; a host of a few dozen pages gets here.
    private bool PageOutShared()
    {
        foreach (HostedVm hosted in vms)
            for (int i = 0; i < hosted.Vm.Pmap.Length && swap.HasRoom; i++)
                if (hosted.Vm.Pmap.StateOf(new Ppn(i)) == PmapState.Shared)
                {
                    hostSwap.PageOutNow(hosted.Vm, new Ppn(i));
                    return true;
                }

        return false;
    }
}
