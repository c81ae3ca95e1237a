using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Virtualization;

// The ONE writer of PPN -> MPN. Ballooning, paging, sharing, colouring and I/O remapping all ask it, so that shadow entries,
// reference counts and state counts are right in one place.
//
//                 Back (first touch, pop)               PageOut
//     Unbacked ----------------------------> Mapped ------------> Swapped
//        ^  \ ---- Balloon ---> Ballooned <-- Balloon --+  <------   |
//        |                       |  |                      PageIn    | Balloon, Discard: the copy is dropped unread
//        +------ Unballoon ------+  +-- Back (pop)                   v
//
//     Mapped -- MarkShared, Share --> Shared -- BreakSharing, MakePrivate --> Mapped         Mapped -- Remap --> Mapped elsewhere
//     Shared pages are ballooned, paged out and discarded as mapped ones are; they give up one reference.
//
// Always: a machine page is released exactly when the last entry that maps it stops doing so; no shadow entry outlives the pmap
// entry it was made from.

internal sealed class PageMapper(MachineMemory machine, SwapSpace swap, SimulatedTime time)
{
    /// <summary>Gives an unbacked or ballooned page a machine page.</summary>
    /// <param name="vm">Whose page.</param>
    /// <param name="ppn">Which page.</param>
    /// <param name="mpn">A frame just allocated; its one reference becomes this entry's.</param>
    public void Back(VirtualMachine vm, Ppn ppn, Mpn mpn)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) is PmapState.Unbacked or PmapState.Ballooned);
        Set(vm, ppn, PmapState.Mapped, mpn.Value);
    }

    /// <summary>The driver pinned this page: its machine page goes back to the host; a copy in the swap space is of no use any more.</summary>
    public void Balloon(VirtualMachine vm, Ppn ppn)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) != PmapState.Ballooned);
        Drop(vm, ppn, PmapState.Ballooned);
    }

    /// <summary>The driver gave this page back to the guest: the next touch is a first touch.</summary>
    public void Unballoon(VirtualMachine vm, Ppn ppn)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) == PmapState.Ballooned);
        Set(vm, ppn, PmapState.Unbacked, 0);
    }

    /// <summary>The page's contents go to the swap space, its machine page is free.</summary>
    public void PageOut(VirtualMachine vm, Ppn ppn, int slot)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) is PmapState.Mapped or PmapState.Shared);
        Mpn mpn = vm.Pmap.MpnOf(ppn);
        swap.Write(slot, machine.ContentsOf(mpn));
        Set(vm, ppn, PmapState.Swapped, slot);
        machine.Release(mpn);
    }

    /// <summary>The page's contents come back from the swap space.</summary>
    /// <param name="vm">Whose page.</param>
    /// <param name="ppn">Which page.</param>
    /// <param name="mpn">A frame just allocated; its one reference becomes this entry's.</param>
    /// <param name="read">Whether the copy is read; not if all of the page is about to be overwritten.</param>
    public void PageIn(VirtualMachine vm, Ppn ppn, Mpn mpn, bool read)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) == PmapState.Swapped);
        int slot = vm.Pmap.SlotOf(ppn);
        machine.Write(mpn, read ? swap.Read(slot) : ContentSeed.Zero);
        Set(vm, ppn, PmapState.Mapped, mpn.Value);
        swap.Release(slot);
    }

    /// <summary>A private page becomes a shared one with one user. The sharing table has its frame already.</summary>
    public void MarkShared(VirtualMachine vm, Ppn ppn)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) == PmapState.Mapped);
        machine.MarkShared(vm.Pmap.MpnOf(ppn));
        Set(vm, ppn, PmapState.Shared, vm.Pmap.MpnOf(ppn).Value);
    }

    /// <summary>A private page gives up its machine page for a shared one with the same contents. The sharing table has counted it already.</summary>
    public void Share(VirtualMachine vm, Ppn ppn, Mpn shared)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) == PmapState.Mapped);
        Mpn own = vm.Pmap.MpnOf(ppn);
        Set(vm, ppn, PmapState.Shared, shared.Value);
        machine.Release(own);
    }

    /// <summary>A shared page was written: it gets a copy of its own.</summary>
    /// <param name="vm">Whose page.</param>
    /// <param name="ppn">Which page.</param>
    /// <param name="copy">A frame just allocated, with the contents; its one reference becomes this entry's.</param>
    public void BreakSharing(VirtualMachine vm, Ppn ppn, Mpn copy)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) == PmapState.Shared);
        Mpn shared = vm.Pmap.MpnOf(ppn);
        Set(vm, ppn, PmapState.Mapped, copy.Value);
        machine.Release(shared);
    }

    /// <summary>Nobody else uses this shared page any more: it is private again, where it is.</summary>
    public void MakePrivate(VirtualMachine vm, Ppn ppn)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) == PmapState.Shared);
        machine.MarkPrivate(vm.Pmap.MpnOf(ppn));
        Set(vm, ppn, PmapState.Mapped, vm.Pmap.MpnOf(ppn).Value);
    }

    /// <summary>A private page moves to another machine page, contents and all; the guest notices nothing (OSDI '02 §2, §7).</summary>
    /// <param name="vm">Whose page.</param>
    /// <param name="ppn">Which page.</param>
    /// <param name="to">A frame just allocated; its one reference becomes this entry's.</param>
    public void Remap(VirtualMachine vm, Ppn ppn, Mpn to)
    {
        Require(vm, ppn, vm.Pmap.StateOf(ppn) == PmapState.Mapped && (vm.Pmap.MarksOf(ppn) & PageMarks.PagingOut) == 0);
        Mpn from = vm.Pmap.MpnOf(ppn);
        machine.Write(to, machine.ContentsOf(from));
        Set(vm, ppn, PmapState.Mapped, to.Value);
        machine.Release(from);
    }

    /// <summary>The VM is gone: the page has no contents any more.</summary>
    public void Discard(VirtualMachine vm, Ppn ppn) => Drop(vm, ppn, PmapState.Unbacked);

    private void Drop(VirtualMachine vm, Ppn ppn, PmapState to)
    {
        PmapState from = vm.Pmap.StateOf(ppn);
        Mpn mpn = vm.Pmap.MpnOf(ppn);
        int slot = vm.Pmap.SlotOf(ppn);
        Set(vm, ppn, to, 0);
        if (from is PmapState.Mapped or PmapState.Shared)
            machine.Release(mpn);
        else if (from == PmapState.Swapped)
            swap.Release(slot);
    }

    private void Set(VirtualMachine vm, Ppn ppn, PmapState state, int value)
    {
        PmapState from = vm.Pmap.StateOf(ppn);
        vm.Shadow.DropPhysical(ppn);
        vm.Pmap.Set(ppn, state, value);
        vm.Pmap.MarksOf(ppn) &= PageMarks.Sampled; // A sample is of a PPN, whatever backs it; all else is of the backing page.
        time.Observer?.On(new PmapChanged(time.Now, vm.Id, ppn, from, state, state is PmapState.Mapped or PmapState.Shared ? new Mpn(value) : null));
    }

    private static void Require(VirtualMachine vm, Ppn ppn, bool allowed)
    {
        if (!allowed)
            throw new InvalidOperationException($"{vm.Id} {ppn} is {vm.Pmap.StateOf(ppn)}, which does not allow this change of its pmap entry.");
    }
}
