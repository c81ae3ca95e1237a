using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Sharing;

/// <summary>What sharing saves at one moment, in the terms of the paper's figures 4 and 5.</summary>
/// <param name="Shared">Guest pages that share a machine page with at least one other.</param>
/// <param name="Reclaimed">Machine pages saved: those guest pages less the machine pages that they share.</param>
/// <param name="Zero">Of the guest pages that share, those that are all zeroes.</param>
/// <param name="Hints">Hints in the table, valid or stale.</param>
/// <param name="LargestCount">The most pages that share one machine page.</param>
/// <param name="CpuTime">Processor time that sharing took so far.</param>
public readonly record struct SharingReport(
    PageCount Shared, PageCount Reclaimed, PageCount Zero, int Hints, int LargestCount, SimDuration CpuTime)
{
    internal static SharingReport Of(SharingTable table, MachineMemory machine, PageContents contents, long cpuNanoseconds)
    {
        long shared = 0, frames = 0, zero = 0;
        int largest = 0;
        for (int i = 0; i < machine.FrameCount.Value; i++)
        {
            int count = table.Count(new Mpn(i));
            if (count < 2)
                continue;
            shared += count;
            frames++;
            zero += contents.IsZero(machine.ContentsOf(new Mpn(i))) ? count : 0;
            largest = Math.Max(largest, count);
        }

        return new SharingReport(
            new PageCount(shared), new PageCount(shared - frames), new PageCount(zero), table.HintCount, largest, new SimDuration(cpuNanoseconds / 1000));
    }
}
