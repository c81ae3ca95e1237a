using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Allocation;
using AdmissionDecision = EsxCourse.Memory.Allocation.AdmissionDecision;
using LibraryAdmission = EsxCourse.Memory.Allocation.AdmissionControl;

namespace EsxCourse.Exercises.Admission;

/// <summary>The monitor's own memory: a fixed part and a part of max.</summary>
public sealed class Overhead : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "The monitor's memory cannot be reclaimed, so it is reserved beside min. It grows with the VM's size, not with its guarantee, and a part of a page is a page.";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        // By hand: 8 + 3 % of 410 = 8 + 12.3 -> 21; 100 + 21 = 121. Then 879 are free; 858 + 8 + 27 = 893.
        AdmissionDesk desk = new(student, run, memory: 1000, swap: 5000, fixedOverhead: 8, percent: 3);
        desk.PowerOn(0, 100, 410, "Granted");
        desk.PowerOn(1, 858, 900, "NoMemory, 14 missing");
        desk.PowerOn(1, 844, 900, "Granted");
        desk.PowerOn(2, 0, 1, "NoMemory, 9 missing");
        desk.PowerOff(0);
    }
}

/// <summary>Requests that make no sense, and which shortage is named first.</summary>
public sealed class OddRequests : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "A VM that is on cannot be powered on again, and min may not be above max. Where both are short, memory is named.";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        int min = run.Inputs.Whole(20, 60);
        AdmissionDesk desk = new(student, run, memory: 200, swap: 300, fixedOverhead: 2);
        desk.PowerOn(0, min, 100, "Granted");
        desk.PowerOn(0, min, 100, "Refused");
        desk.PowerOn(1, min + 1, min, "Refused");
        desk.PowerOn(1, 500, 1500);
        desk.PowerOff(1);
        desk.ChangeMin(1, 10, "Refused");
        desk.ChangeMin(0, 101, "Refused");
    }
}

/// <summary>A VM that is powered off gives everything back, once.</summary>
public sealed class PoweredOff : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "What a VM had reserved, its overhead and its swap space too, is free when it goes. Which min had it at that moment?";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        int min = run.Inputs.Whole(100, 300);
        AdmissionDesk desk = new(student, run, memory: 1000, swap: 1000, fixedOverhead: 5, percent: 2);
        desk.PowerOn(0, min, 700, "Granted");
        desk.PowerOff(0);
        desk.PowerOff(0);
        desk.HoldFree(1000, 1000);

        // By hand: 400 + 5 + 2 % of 800 = 421, and 400 of swap; then 50 go from one to the other.
        desk.PowerOn(0, 400, 800, "Granted");
        desk.HoldFree(579, 600);
        desk.ChangeMin(0, 450, "Granted");
        desk.HoldFree(529, 650);
        desk.PowerOff(0);
        desk.HoldFree(1000, 1000);
    }
}

/// <summary>A guarantee moves pages between memory and swap space.</summary>
public sealed class GuaranteesChange : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "A larger min needs memory and frees swap space; a smaller one the other way round. What the VM has already counts for it. If the change is not granted, all stays.";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        AdmissionDesk desk = new(student, run, memory: 500, swap: 400);
        desk.PowerOn(0, 200, 400);
        desk.PowerOn(1, 200, 300);
        desk.ChangeMin(0, 300, "Granted");
        desk.ChangeMin(1, 220, "NoMemory, 20 missing");
        desk.ChangeMin(0, 100, "Granted");
        desk.PowerOn(2, 0, 90, "NoSwap, 90 missing");
        desk.ChangeMin(1, 150, "NoSwap, 50 missing");
        desk.ChangeMin(1, 300, "Granted");
        desk.ChangeMin(0, run.Inputs.Whole(101, 199));
    }
}

/// <summary>The largest guarantee that a new VM can have: bounded by memory from above and by swap space from below.</summary>
public sealed class TheLargestGuarantee : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "A small min fits the memory but not the swap space; a large one the other way round. Is there one that fits both, and what is the largest?";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        AdmissionDesk desk = new(student, run, memory: 400, swap: 200, fixedOverhead: 10, percent: 10);

        // By hand, from above 400 - 10 - 10 % of max, from below max - 200: 380 (but no more than max), 354, 340 and 300, 336 and 340.
        desk.LargestMin(100, 100);
        desk.LargestMin(355, 354);
        desk.LargestMin(500, 340);
        desk.LargestMin(540, null);
        desk.LargestMin(600, null);

        // 50 pages and 100 of swap are left: 50 - 10 - 4.
        desk.PowerOn(0, 300, 400, "Granted");
        desk.HoldFree(50, 100);
        desk.LargestMin(40, 36);
        desk.LargestMin(run.Inputs.Whole(100, 200));
        desk.PowerOn(1, 0, 100, "Granted");
        desk.LargestMin(1, 1);
        desk.LargestMin(run.Inputs.Whole(10, 60));
    }
}

/// <summary>A day of a host, against the memory manager's own rule.</summary>
public sealed class ADayOfAHost : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "Add up what is reserved for the VMs that are on: min and overhead in memory, max - min in swap space.";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        int memory = run.Inputs.Whole(800, 1500), swap = run.Inputs.Whole(300, 1200), overhead = run.Inputs.Whole(0, 20);
        AdmissionDesk desk = new(student, run, memory, swap, overhead);
        Dictionary<int, MemoryParameters> on = [];
        for (int i = 0; i < 60; i++)
        {
            int vm = run.Inputs.Whole(0, 7);
            int max = run.Inputs.Whole(50, 500), min = run.Inputs.Whole(0, max);
            switch (run.Inputs.Whole(1, 6))
            {
                case <= 3 when !on.ContainsKey(vm):
                    MemoryParameters parameters = new(new PageCount(min), new PageCount(max), new Shares(1));
                    AdmissionDecision library = LibraryAdmission.Decide([.. on.Values, parameters], new PageCount(overhead), new PageCount(memory), new PageCount(swap));
                    bool granted = desk.PowerOn(vm, min, max) == Verdict.Granted;
                    if (granted != library.Admitted)
                        throw new InvalidOperationException("the reference and the library disagree");
                    if (granted)
                        on[vm] = parameters;
                    break;
                case 4:
                    desk.PowerOff(vm);
                    on.Remove(vm);
                    break;
                default:
                    desk.LargestMin(max);
                    break;
            }
        }
    }
}
