using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Allocation;

namespace EsxCourse.Exercises.Sampling;

/// <summary>A VM that wakes up is noticed at once, within the period under way.</summary>
public sealed class AVmWakesUp : Check<IWorkingSetSampling>
{
    /// <inheritdoc/>
    public override string Hint => "The third average is the fast one with the period under way counted in. It only helps upwards: a period that has just begun shows few touches of any VM.";

    /// <inheritdoc/>
    protected override void Run(IWorkingSetSampling student, CheckRun run)
    {
        // By hand, gains 1/4 and 3/4: asleep for eight periods: slow 0.75^8 = 0.1001. Then 20 of 50: 0.75 x 0.4 = 0.3 so far, fast being 0.25^8.
        SampledVm vm = new(500, run.Inputs);
        student.Start(vm, vm, new PageCount(500), new SamplingRules(50, 1000, 0.25, 0.75));
        for (int period = 1; period <= 8; period++)
            vm.Period(student, 0, 1000);
        double fast = Math.Pow(0.25, 8);
        run.Step("asleep for eight periods");
        run.Near(Math.Pow(0.75, 8), student.ActiveFraction(), "f");
        run.Step("then 20 of 50 sampled pages touched, the period not over");
        vm.TouchSampled(student, 20);
        run.Near(fast + 0.75 * (0.4 - fast), student.ActiveFraction(), "f");
        run.Step("45 of 50");
        vm.TouchSampled(student, 45);
        run.Near(fast + 0.75 * (0.9 - fast), student.ActiveFraction(), "f");
        run.Step("the period is over");
        vm.Period(student, 45, 1000);
        run.Near(fast + 0.75 * (0.9 - fast), student.ActiveFraction(), "f");
    }
}

/// <summary>Traps that are not of this period's sample, and pages that trap twice.</summary>
public sealed class TrapsThatDoNotCount : Check<IWorkingSetSampling>
{
    /// <inheritdoc/>
    public override string Hint => "A page of an earlier sample that nobody touched is still invalid, and others invalidate pages as well. Which traps are of this period's sample? Each page of it counts once.";

    /// <inheritdoc/>
    protected override void Run(IWorkingSetSampling student, CheckRun run)
    {
        SampledVm vm = new(300, run.Inputs);
        student.Start(vm, vm, new PageCount(300), new SamplingRules(30, 1000, 1, 1));
        Ppn[] earlier = [.. vm.Sample];
        vm.Period(student, 0, 1000);
        run.Step("gains 1, nothing touched in the first period");
        run.Near(0, student.ActiveFraction(), "f");

        Ppn[] old = [.. earlier.Except(vm.Sample)];
        run.Step($"{old.Length} pages trap that were sampled in the period before");
        foreach (Ppn page in old)
            student.Trapped(page);
        run.Near(0, student.ActiveFraction(), "f");

        run.Step("one sampled page traps, and traps again after somebody else dropped its mapping");
        student.Trapped(vm.Sample[0]);
        student.Trapped(vm.Sample[0]);
        run.Near(1 / 30.0, student.ActiveFraction(), "f");
        run.Step("the period ends");
        vm.Period(student, 0, 1000);
        run.Near(1 / 30.0, student.ActiveFraction(), "f");
    }
}

/// <summary>Periods are of the VM's own time and follow each other without a gap.</summary>
public sealed class TimeOfItsOwn : Check<IWorkingSetSampling>
{
    /// <inheritdoc/>
    public override string Hint => "A VM that does not run does not look idle. What is left of a run after a period has ended belongs to the next one; a long run may end several.";

    /// <inheritdoc/>
    protected override void Run(IWorkingSetSampling student, CheckRun run)
    {
        int period = run.Inputs.Whole(500, 1500);
        SampledVm vm = new(100, run.Inputs);
        student.Start(vm, vm, new PageCount(100), new SamplingRules(10, period, 0.5, 0.5));
        run.Step($"periods of {period} ms; the VM has run 0 ms, then {period - 1} ms");
        student.Ran(0);
        student.Ran(period - 1);
        run.Near(1, student.ActiveFraction(), "f before the first period ends");
        run.Step($"1 ms more");
        student.Ran(1);
        run.Near(0.5, student.ActiveFraction(), "f after a period without a touch");
        run.Step($"{period + period / 2} ms more");
        student.Ran(period + period / 2);
        run.Near(0.25, student.ActiveFraction(), "f after two periods and a half");
        run.Step($"{period - period / 2} ms more");
        student.Ran(period - period / 2);
        run.Near(0.125, student.ActiveFraction(), "f after three periods");
        run.Step($"{2 * period} ms at once");
        student.Ran(2 * period);
        run.Near(0.03125, student.ActiveFraction(), "f after five periods");
    }
}

/// <summary>VMs with fewer pages than would be sampled, and how f becomes pages.</summary>
public sealed class SmallVms : Check<IWorkingSetSampling>
{
    /// <inheritdoc/>
    public override string Hint => "No more pages can be sampled than there are, and f is a part of those. A part of an active page is an active page.";

    /// <inheritdoc/>
    protected override void Run(IWorkingSetSampling student, CheckRun run)
    {
        int size = run.Inputs.Whole(3, 9);
        SampledVm vm = new(size, run.Inputs);
        student.Start(vm, vm, new PageCount(size), new SamplingRules(100, 1000, 1, 1));
        run.Step($"a VM of {size} pages, 100 to be sampled");
        vm.HoldSample(run, size);
        vm.Period(student, 1, 1000);
        run.Near(1.0 / size, student.ActiveFraction(), "f after one page was touched");
        run.Equal(new PageCount(1), student.ActivePages(), "the active pages");

        IWorkingSetSampling other = run.Another<IWorkingSetSampling>();
        vm = new SampledVm(1001, run.Inputs);
        other.Start(vm, vm, new PageCount(1001), new SamplingRules(10, 1000, 1, 1));
        run.Step("a VM of 1001 pages, 3 of 10 touched");
        vm.Period(other, 3, 1000);
        run.Equal(new PageCount(301), other.ActivePages(), "the active pages");
    }
}

/// <summary>A guest with working sets that change, page by page, against the memory manager's own averages.</summary>
public sealed class ARealWorkingSet : Check<IWorkingSetSampling>
{
    /// <inheritdoc/>
    public override string Hint => "Write down the three averages for the periods before the one that is shown.";

    /// <inheritdoc/>
    protected override void Run(IWorkingSetSampling student, CheckRun run)
    {
        int size = run.Inputs.Whole(300, 900);
        SampledVm vm = new(size, run.Inputs);
        student.Start(vm, vm, new PageCount(size), new SamplingRules(60, 1000, ActiveMemoryEstimate.SlowGain, ActiveMemoryEstimate.FastGain));
        ActiveMemoryEstimate library = new();
        for (int period = 1; period <= 20; period++)
        {
            int workingSet = run.Inputs.Whole(0, size), touched = 0;
            Ppn[] sample = [.. vm.Sample];
            foreach (int part in (int[])[1, 2])
            {
                // The guest touches the pages of its working set in two halves; f is looked at in between.
                foreach (Ppn page in sample.Where(p => p.Value < workingSet && p.Value % 2 == part - 1))
                {
                    vm.Touch(student, page);
                    touched++;
                }

                library.PeriodSoFar((double)touched / sample.Length);
                run.Step($"a VM of {size} pages, period {period}, {touched} of {sample.Length} sampled pages touched so far");
                run.Near(library.ActiveFraction, student.ActiveFraction(), "f");
            }

            library.PeriodEnded((double)touched / sample.Length);
            vm.Period(student, 0, 1000);
            library.PeriodSoFar(0);
            run.Step($"a VM of {size} pages, {period} periods, {touched} of {sample.Length} touched in the last");
            run.Near(library.ActiveFraction, student.ActiveFraction(), "f");
            vm.HoldSample(run, 60);
        }
    }
}
