using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// The main path. Every touch, of whoever, ends in `Access`: look up the pmap and, where the page cannot be touched as it is, switch on
// the entry's state (`Fault`); each outcome is counted and priced in simulated time.

public sealed partial class EsxHost
{
    /// <summary>A touch of a virtual page: TLB, shadow page table, guest page table, pmap, in the order in which they are asked.</summary>
    /// <returns>Whether the guest could give a page.</returns>
    internal bool TouchVirtual(HostedVm hosted, int vpn, AccessKind kind, ContentSeed contents)
    {
        VirtualMachine vm = hosted.Vm;
        int page = hosted.Guest.Reference(vpn, kind == AccessKind.Write);
        if (page < 0)
        {
            // The guest's own fault. Its handler touches pages, too: zeroing, disk transfers, page tables.
            hosted.SpentNanoseconds += Options.Costs.GuestFault;
            page = hosted.Guest.Fault(vpn, kind == AccessKind.Write);
            if (page < 0)
                return false;
        }

        Ppn ppn = new(page);
        bool translated = vm.Shadow.TryTranslate(vpn, out bool walked);
        if (walked)
            hosted.SpentNanoseconds += Options.Costs.TlbMiss;
        Access(hosted, ppn, kind == AccessKind.Write ? kind : AccessKind.Read, overwritten: false);
        if (!translated)
        {
            hosted.SpentNanoseconds += Options.Costs.HiddenFault;
            vm.Shadow.Fill(vpn, ppn, vm.Pmap.MpnOf(ppn));
        }

        if (kind == AccessKind.Write)
            machine.Write(vm.Pmap.MpnOf(ppn), contents);
        else if (kind == AccessKind.Send)
            TakenByDevice(hosted, ppn);
        coloring?.Touched(vm, vm.Pmap.MpnOf(ppn));
        return true;
    }

    /// <summary>What every touch of a "physical" page comes to. Afterwards the page is backed by a machine page.</summary>
    /// <param name="hosted">Whose page.</param>
    /// <param name="ppn">Which page.</param>
    /// <param name="kind">Read or write.</param>
    /// <param name="overwritten">Whether the host can see that all of it is about to be overwritten (a disk transfer).</param>
    /// <returns>What the host had to do.</returns>
    internal Outcome Access(HostedVm hosted, Ppn ppn, AccessKind kind, bool overwritten)
    {
        VirtualMachine vm = hosted.Vm;
        PmapState state = vm.Pmap.StateOf(ppn);
        Outcome outcome = state == PmapState.Mapped || (state == PmapState.Shared && kind == AccessKind.Read)
            ? Outcome.Hit
            : Fault(hosted, ppn, kind, overwritten);

        vm.Outcomes.Count(outcome);
        ref PageMarks marks = ref vm.Pmap.MarksOf(ppn);
        if ((marks & PageMarks.TouchMatters) != 0)
        {
            if ((marks & PageMarks.PagingOut) != 0)
                hostSwap.Touched(vm, ppn);
            if ((marks & PageMarks.Sampled) != 0)
                hosted.Sampling.Touched(ppn);
        }

        marks |= PageMarks.Accessed;
        if (hosted.VictimsWantTouches)
            hosted.Victims.Touched(ppn);
        if (kind == AccessKind.Write)
            sharing?.Written(vm, ppn);
        Time.Observer?.On(new PageTouched(Now, vm.Id, ppn, kind, outcome));
        return outcome;
    }

    /// <summary>A touch that is no hit: gives the page the machine page that it needs.</summary>
    private Outcome Fault(HostedVm hosted, Ppn ppn, AccessKind kind, bool overwritten)
    {
        VirtualMachine vm = hosted.Vm;
        switch (vm.Pmap.StateOf(ppn))
        {
            case PmapState.Mapped:
            case PmapState.Shared when kind == AccessKind.Read:
                return Outcome.Hit; // Not at first; but a frame was sought for a copy, and much can happen meanwhile.

            case PmapState.Unbacked:
                mapper.Back(vm, ppn, TakeFrame(hosted, zeroed: true, ppn));
                hosted.SpentNanoseconds += Options.Costs.FirstTouch;
                return Outcome.FirstTouch;

            case PmapState.Ballooned:
                hosted.Channel.Pop(ppn, TakeFrame(hosted, zeroed: true, ppn));
                hosted.SpentNanoseconds += Options.Costs.BalloonPop;
                return Outcome.BalloonPop;

            case PmapState.Swapped when overwritten:
                mapper.PageIn(vm, ppn, TakeFrame(hosted, zeroed: false, ppn), read: false);
                return Outcome.SwappedPageOverwritten;

            case PmapState.Swapped:
                mapper.PageIn(vm, ppn, TakeFrame(hosted, zeroed: false, ppn), read: true);
                hosted.SpentNanoseconds += Options.Costs.DiskAccess + Options.Costs.DiskTransfer;
                return Outcome.SwapIn;

            default: // Shared, and written.
                return BreakSharing(hosted, ppn, overwritten) ?? Fault(hosted, ppn, kind, overwritten);
        }
    }

    internal void Store(HostedVm hosted, Ppn ppn, ContentSeed contents)
    {
        Access(hosted, ppn, AccessKind.Write, overwritten: false);
        machine.Write(hosted.Vm.Pmap.MpnOf(ppn), contents);
    }

    /// <summary>The guest's disk writes a block into a page; the host sees that all of the page is overwritten.</summary>
    internal void DiskRead(HostedVm hosted, int block, Ppn into)
    {
        ContentSeed contents = hosted.TrappedBlocks.TryGetValue(block, out int slot) ? swap.Read(slot) : hosted.Vm.Disk.Read(block);
        Access(hosted, into, AccessKind.Write, overwritten: true);
        FilledByDevice(hosted, into, contents);
        hosted.SpentNanoseconds += Options.Costs.DiskAccess + Options.Costs.DiskTransfer;
    }

    /// <summary>The guest's disk takes a block from a page. If the host has swapped the page, this is where double paging hurts.</summary>
    internal void DiskWrite(HostedVm hosted, int block, Ppn from)
    {
        VirtualMachine vm = hosted.Vm;
        bool toSwapArea = block < hosted.Guest.SwapBlocks;
        if (hosted.TrappedBlocks.Remove(block, out int old))
            swap.Release(old);
        if (toSwapArea && Options.TrapsPagingDisk && vm.Pmap.StateOf(from) == PmapState.Swapped)
        {
            // The page is on disk already: the block names the same slot, and nothing is transferred.
            int slot = vm.Pmap.SlotOf(from);
            swap.AddReference(slot);
            hosted.TrappedBlocks.Add(block, slot);
            vm.Outcomes.Count(Outcome.TrappedPageOut);
            return;
        }

        if (Access(hosted, from, AccessKind.Read, overwritten: false) == Outcome.SwapIn && toSwapArea)
            vm.Outcomes.Count(Outcome.DoublePaging); // read in only to be written out again (OSDI '02 §3.3)
        vm.Disk.Write(block, TakenByDevice(hosted, from));
        hosted.SpentNanoseconds += Options.Costs.DiskAccess + Options.Costs.DiskTransfer;
    }

    /// <summary>A free frame. When there is none, somebody's page is written out while the toucher waits.</summary>
    /// <param name="hosted">Who asks.</param>
    /// <param name="zeroed">Whether it must not show what it held.</param>
    /// <param name="ppn">The page that it is for; null for the monitor itself.</param>
    private Mpn TakeFrame(HostedVm hosted, bool zeroed, Ppn? ppn = null)
    {
        while (machine.FreeFrames == 0)
        {
            if (hostSwap.WaitForOldest() is { } wait)
            {
                hosted.SpentNanoseconds += wait.Microseconds * 1000;
                continue;
            }

            // Whoever is farthest above its target pays; a VM below its target would fault the page in again at once.
            HostedVm payer = vms.Where(v => v.Vm.Allocated > PageCount.Zero).MaxBy(v => (v.Vm.Allocated - v.Vm.Target).Value) ?? hosted;
            hosted.SpentNanoseconds += Options.Costs.DiskAccess + Options.Costs.DiskTransfer;
            if (!hostSwap.OneNow(payer.Vm, payer.Victims) && !vms.Any(v => hostSwap.OneNow(v.Vm, v.Victims)) && !PageOutShared())
                throw new InvalidOperationException("No frame is free, and no page can be paged out: admission control has let in more than memory and swap space hold.");
        }

        FrameWish wish = WishFor(hosted.Vm, ppn);
        Mpn mpn = ((zeroed ? machine.AllocateZeroed(wish) : machine.Allocate(wish)) ?? (zeroed ? machine.AllocateZeroed() : machine.Allocate()))!.Value;
        if (machine.FreeFrames < leaveStateBelow)
            FollowFreeMemory();
        return mpn;
    }
}
