using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Popping;

/// <summary>A page gets a zeroed machine page when it is first touched.</summary>
public sealed class FirstTouch : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "A guest sees zeros in memory that it has not written. The frame that you get holds what its last owner wrote.";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        PoppingRun vm = new(student, run, size: 4, frames: 4);
        vm.Touch("a new VM", 2, TouchOutcome.FirstTouch);
        vm.Touch("again", 2, TouchOutcome.Direct);
        vm.Touch("another page", 0, TouchOutcome.FirstTouch);
    }
}

/// <summary>Inflating frees the machine page; a touch in spite of it pops the balloon.</summary>
public sealed class APop : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "Full virtualization: the guest may touch any of its pages at any time and finds a page. What was in it is gone, so it finds zeros; and the driver's list is wrong from now on.";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        PoppingRun vm = new(student, run, size: 4, frames: 4);
        vm.Touch("a new VM", 1, TouchOutcome.FirstTouch);
        vm.Inflate("it has a machine page", 1, true);
        run.Equal(0, vm.Frames, "the number of machine pages left");
        vm.Touch("it is in the balloon", 1, TouchOutcome.Popped);
    }
}
