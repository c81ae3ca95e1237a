using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.HotIo;

// Who leaves low memory when a hot page needs it (OSDI '02 §7: an open question; the exercise 10 asks it again).
//
//   random        any page in low memory. Costs nothing to choose; may throw out a page that is hotter than the one that comes.
//   cost-benefit  look at a few pages, take the coldest. The newcomer's transfers so far, less the victim's, are the copies that the move
//                 will save in about that time again; the move itself costs two copies. Do it only for more.
//
// There is no map from machine pages back to guest pages, so a page in low memory is found by trying guest pages at random; with very little
// low memory in use that may fail, and then there is no victim.

internal sealed class LowMemoryVictims(DemotionRule rule, MachineMemory machine, RandomStream random)
{
    // course choices: how many guest pages are tried for each one in low memory, and how many of those are compared.
    private const int Attempts = 256, Compared = 16;

    // One copy to move the victim up, one to move the newcomer down.
    private const int CostInCopies = 2;

    /// <summary>The page that gives way to one with <paramref name="heat"/>; null if none should, or none was found.</summary>
    public (VirtualMachine Vm, Ppn Ppn)? Choose(IReadOnlyList<(VirtualMachine Vm, IoHeat Heat)> vms, int heat)
    {
        if (rule == DemotionRule.None)
            return null;
        (VirtualMachine Vm, Ppn Ppn)? coldest = null;
        int lowest = int.MaxValue;
        for (int found = 0; found < (rule == DemotionRule.Random ? 1 : Compared); found++)
        {
            if (AnyInLowMemory(vms) is not { } candidate)
                break;
            int candidateHeat = vms[candidate.Vm.Id.Value].Heat.Of(candidate.Ppn);
            if (coldest is null || candidateHeat < lowest)
                (coldest, lowest) = (candidate, candidateHeat);
        }

        return rule == DemotionRule.Random || (coldest is not null && heat - lowest > CostInCopies) ? coldest : null;
    }

    private (VirtualMachine Vm, Ppn Ppn)? AnyInLowMemory(IReadOnlyList<(VirtualMachine Vm, IoHeat Heat)> vms)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            VirtualMachine vm = vms[random.Below(vms.Count)].Vm;
            Ppn ppn = new(random.Below(vm.Pmap.Length));
            if (MayMove(vm, ppn) && machine.IsLow(vm.Pmap.MpnOf(ppn)))
                return (vm, ppn);
        }

        return null;
    }

    /// <summary>Whether a page can be moved: private, and not being written to the disk.</summary>
    public static bool MayMove(VirtualMachine vm, Ppn ppn) =>
        vm.Pmap.StateOf(ppn) == PmapState.Mapped && (vm.Pmap.MarksOf(ppn) & PageMarks.PagingOut) == 0;
}
