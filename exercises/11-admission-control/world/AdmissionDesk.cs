using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Admission;

/// <summary>Requests to the student's host and to the reference beside it; after each, what is free is compared.</summary>
internal sealed class AdmissionDesk
{
    private readonly IAdmission reference;
    private readonly IAdmission student;
    private readonly CheckRun run;
    private readonly string host;

    public AdmissionDesk(IAdmission student, CheckRun run, int memory, int swap, int fixedOverhead = 0, int percent = 0)
    {
        (this.student, this.run) = (student, run);
        host = $"{memory} pages, swap {swap}, overhead {fixedOverhead} + {percent} %";
        HostSize size = new(new PageCount(memory), new PageCount(swap), new PageCount(fixedOverhead), percent);
        reference = run.Reference<IAdmission>();
        reference.Start(size);
        student.Start(size);
        run.Step(host);
        Free();
    }

    /// <summary>Asks, and holds the answer that was worked by hand, too, if one is given.</summary>
    public Verdict PowerOn(int vm, int min, int max, string? byHand = null)
    {
        run.Step($"{host}: power on {new VmId(vm)}, min {min}, max {max}");
        return Hold(reference.PowerOn(new VmId(vm), new PageCount(min), new PageCount(max)), student.PowerOn(new VmId(vm), new PageCount(min), new PageCount(max)), byHand);
    }

    public void PowerOff(int vm)
    {
        run.Step($"{host}: power off {new VmId(vm)}");
        run.Equal(reference.PowerOff(new VmId(vm)), student.PowerOff(new VmId(vm)), "whether it was on");
        Free();
    }

    public void ChangeMin(int vm, int min, string? byHand = null)
    {
        run.Step($"{host}: change the min of {new VmId(vm)} to {min}");
        Hold(reference.ChangeMin(new VmId(vm), new PageCount(min)), student.ChangeMin(new VmId(vm), new PageCount(min)), byHand);
    }

    public void LargestMin(int max)
    {
        run.Step($"{host}, {reference.FreeMemory().Value} pages and {reference.FreeSwap().Value} of swap free: the largest min of a VM with {max} pages");
        run.Equal(reference.LargestMin(new PageCount(max)), student.LargestMin(new PageCount(max)), "the largest min");
        Free();
    }

    /// <summary>As <see cref="LargestMin(int)"/>, and holds what was worked by hand; null for none.</summary>
    public void LargestMin(int max, int? byHand)
    {
        run.Step($"{host}: the largest min of a VM with {max} pages");
        run.Equal(byHand is int min ? new PageCount(min) : null, student.LargestMin(new PageCount(max)), "the largest min");
        LargestMin(max);
    }

    /// <summary>Holds what is free, worked by hand.</summary>
    public void HoldFree(int memory, int swap)
    {
        run.Equal(new PageCount(memory), student.FreeMemory(), "the memory free then");
        run.Equal(new PageCount(swap), student.FreeSwap(), "the swap space free then");
    }

    private Verdict Hold(Answer expected, Answer actual, string? byHand)
    {
        if (byHand is not null)
            run.Equal(byHand, actual.ToString(), "the answer");
        run.Equal(expected, actual, "the answer");
        Free();
        return expected.Verdict;
    }

    private void Free()
    {
        run.Equal(reference.FreeMemory(), student.FreeMemory(), "the memory free then");
        run.Equal(reference.FreeSwap(), student.FreeSwap(), "the swap space free then");
    }
}
