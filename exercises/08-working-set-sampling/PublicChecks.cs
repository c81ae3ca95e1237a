using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Sampling;

/// <summary>A period begins with so many different pages, invalidated.</summary>
public sealed class TheSample : Check<IWorkingSetSampling>
{
    /// <inheritdoc/>
    public override string Hint => "Draw until you have as many different pages as the rules ask for; a page drawn twice counts once. A VM that nobody knows yet counts as wholly active.";

    /// <inheritdoc/>
    protected override void Run(IWorkingSetSampling student, CheckRun run)
    {
        SampledVm vm = new(40, run.Inputs);
        run.Step("a VM of 40 pages, 20 sampled");
        student.Start(vm, vm, new PageCount(40), new SamplingRules(20, 1000, 0.25, 0.75));
        vm.HoldSample(run, 20);
        run.Near(1, student.ActiveFraction(), "f before anything was measured");
        run.Equal(new PageCount(40), student.ActivePages(), "the active pages before anything was measured");
        for (int period = 2; period <= 4; period++)
        {
            run.Step($"a VM of 40 pages, 20 sampled, period {period}");
            vm.Period(student, 5, 1000);
            vm.HoldSample(run, 20);
        }
    }
}

/// <summary>An idle VM: the slow average keeps f up.</summary>
public sealed class AVmFallsAsleep : Check<IWorkingSetSampling>
{
    /// <inheritdoc/>
    public override string Hint => "An average moves by its gain times the distance to what was measured. Of the averages the largest is f.";

    /// <inheritdoc/>
    protected override void Run(IWorkingSetSampling student, CheckRun run)
    {
        // By hand: nothing touched, so the slow average is 3/4 of itself after each period.
        SampledVm vm = new(200, run.Inputs);
        student.Start(vm, vm, new PageCount(200), new SamplingRules(50, 1000, 0.25, 0.75));
        double[] after = [0.75, 0.5625, 0.421875];
        for (int period = 1; period <= after.Length; period++)
        {
            run.Step($"gains 1/4 and 3/4, nothing touched in {period} periods");
            vm.Period(student, 0, 1000);
            run.Near(after[period - 1], student.ActiveFraction(), "f");
        }

        run.Equal(new PageCount(85), student.ActivePages(), "the active pages of 200");
    }
}
