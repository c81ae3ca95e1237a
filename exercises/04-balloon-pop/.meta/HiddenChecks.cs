using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Popping;

/// <summary>Drivers that report pages never touched, twice, or not there.</summary>
public sealed class OddReports : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "A driver is guest software: believe nothing. A page never touched has nothing to free, a page reported twice has been freed already, and a page may not exist.";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        int size = run.Inputs.Whole(4, 9);
        PoppingRun vm = new(student, run, size, frames: 4);
        vm.Inflate("never touched", 3, true);
        vm.Touch("a page beside it", 0, TouchOutcome.FirstTouch);
        vm.Inflate("it has a machine page", 0, true);
        vm.Inflate("reported twice", 0, true);
        vm.Inflate($"a VM of {size} pages", size - 1, true);
        vm.Inflate($"a VM of {size} pages", size, false);
        vm.Inflate($"a VM of {size} pages", -1, false);
        vm.Deflate($"a VM of {size} pages", size + 100);
        vm.Deflate("never in the balloon", 1);
    }
}

/// <summary>A page given back is untouched again; one that was never in the balloon keeps its machine page.</summary>
public sealed class GivenBack : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "A page that leaves the balloon gets a machine page when the guest touches it, not before: it may never do so. And no report may take a page's contents away that is not in the balloon.";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        PoppingRun vm = new(student, run, size: 6, frames: 6);
        vm.Touch("a new VM", 4, TouchOutcome.FirstTouch);
        vm.Touch("a new VM", 5, TouchOutcome.FirstTouch);
        vm.Inflate("it has a machine page", 4, true);
        vm.Deflate("it is in the balloon", 4);
        vm.Touch("it was given back", 4, TouchOutcome.FirstTouch);
        vm.Touch("it was given back", 4, TouchOutcome.Direct);
        vm.Deflate("it has a machine page and is in no balloon", 5);
        vm.Touch("it should be as it was", 5, TouchOutcome.Direct);
    }
}

/// <summary>From a pop to the reset the driver's reports are not believed; then both have an empty balloon.</summary>
public sealed class TheReset : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "Until the reset the driver counts pages that have popped. What happens to the pages that are still in the balloon when it starts over, and to those that are not?";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        PoppingRun vm = new(student, run, size: 8, frames: 8);
        int popped = run.Inputs.Whole(0, 3);
        for (int page = 0; page < 5; page++)
            vm.Touch("a new VM", page, TouchOutcome.FirstTouch);
        for (int page = 0; page < 4; page++)
            vm.Inflate("it has a machine page", page, true);
        vm.Touch("it is in the balloon", popped, TouchOutcome.Popped);
        vm.Inflate("a reset is due", 4, false);
        vm.Inflate("a reset is due", popped, false);
        vm.Deflate("it popped, and the driver does not know", popped);
        vm.Deflate("a reset is due, it is still in the balloon", (popped + 1) % 4);
        vm.Reset("after the pop");
        for (int page = 0; page < 6; page++)
            vm.Touch("after the reset", page, page == popped || page == 4 ? TouchOutcome.Direct : TouchOutcome.FirstTouch);
        vm.Inflate("after the reset", 4, true);
    }
}

/// <summary>A reboot tears the lists apart, too.</summary>
public sealed class AReboot : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "Who rebooted: the guest or the host? The host's pages and balloon are as they were; only the driver has forgotten.";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        PoppingRun vm = new(student, run, size: 6, frames: 6);
        vm.Touch("a new VM", 0, TouchOutcome.FirstTouch);
        vm.Touch("a new VM", 1, TouchOutcome.FirstTouch);
        vm.Inflate("it has a machine page", 1, true);
        vm.Reboot("one page in the balloon");
        vm.Inflate("the driver has not started over", 0, false);
        vm.Touch("the booting guest uses all its memory", 1, TouchOutcome.Popped);
        vm.Touch("the booting guest uses all its memory", 0, TouchOutcome.Direct);
        vm.Reset("after the reboot");
        vm.Inflate("after the reset", 0, true);
    }
}

/// <summary>Without a free frame a touch changes nothing.</summary>
public sealed class NoFrameFree : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "A touch that must wait is tried again later. Until then the page is where it was, and no balloon has popped.";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        PoppingRun vm = new(student, run, size: 6, frames: 2);
        vm.Inflate("never touched", 5, true);
        vm.Touch("two frames free", 0, TouchOutcome.FirstTouch);
        vm.Touch("one frame free", 1, TouchOutcome.FirstTouch);
        vm.Touch("no frame free", 2, TouchOutcome.Waits);
        vm.Touch("no frame free, in the balloon", 5, TouchOutcome.Waits);
        vm.Inflate("it has a machine page", 1, true);
        vm.Touch("one frame free, in the balloon", 5, TouchOutcome.Popped);
    }
}

/// <summary>Any guest, any driver.</summary>
public sealed class AnyGuestAnyDriver : Check<IBalloonedVm>
{
    /// <inheritdoc/>
    public override string Hint => "Write down for each page whether it is untouched, has a machine page, or is in the balloon. Which step moves it where?";

    /// <inheritdoc/>
    protected override void Run(IBalloonedVm student, CheckRun run)
    {
        int size = run.Inputs.Whole(5, 8);
        PoppingRun vm = new(student, run, size, run.Inputs.Whole(3, size));
        for (int i = 1; i <= 80; i++)
        {
            string step = $"step {i} of a VM with {size} pages";
            int page = run.Inputs.Whole(0, size - 1);
            switch (run.Inputs.Whole(1, 10))
            {
                case <= 4: vm.Touch(step, page); break;
                case <= 7: vm.Inflate(step, page); break;
                case 8: vm.Deflate(step, page); break;
                case 9: vm.Reset(step); break;
                default:
                    if (run.Inputs.Chance(20))
                        vm.Reboot(step);
                    break;
            }
        }
    }
}
