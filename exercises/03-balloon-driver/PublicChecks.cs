using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Ballooning;

/// <summary>The balloon grows to its target and shrinks to it, in a guest with plenty of free pages.</summary>
public sealed class InflateAndDeflate : Check<IBalloonDriver>
{
    /// <inheritdoc/>
    public override string Hint => "Inflate: take a page from the guest, then offer it to the host. Deflate: tell the host first, then give the page to the guest, the one taken last first.";

    /// <inheritdoc/>
    protected override void Run(IBalloonDriver student, CheckRun run)
    {
        BalloonWorld world = new(free: 20, evictable: 0);
        student.Start(world, world, new BalloonSpeed(8, 8, 0));
        run.Step("a new driver");
        run.Equal(new PageCount(0), student.Held(), "the balloon's size");

        run.Step("target 2");
        world.Request = new BalloonRequest(new PageCount(2), StartOver: false);
        run.SameSequence(
            ["asks the host for its target", "takes PPN 0 from the guest", "offers PPN 0 to the host", "takes PPN 1 from the guest", "offers PPN 1 to the host"],
            world.Watch(student), "step");
        run.Equal(new PageCount(2), student.Held(), "the balloon's size");

        run.Step("target 2 again");
        run.SameSequence(["asks the host for its target"], world.Watch(student), "step");

        run.Step("target 0");
        world.Request = new BalloonRequest(default, StartOver: false);
        run.SameSequence(
            [
                "asks the host for its target", "tells the host that PPN 1 leaves the balloon", "gives PPN 1 back to the guest",
                "tells the host that PPN 0 leaves the balloon", "gives PPN 0 back to the guest",
            ],
            world.Watch(student), "step");
        run.Equal(new PageCount(0), student.Held(), "the balloon's size");
    }
}

/// <summary>Each poll takes no more than the rate, which rises while polls use it up.</summary>
public sealed class TheRate : Check<IBalloonDriver>
{
    /// <inheritdoc/>
    public override string Hint => "The rate starts at the slowest. A poll that asked for as many pages as the rate allows raises it by a step; one that needed fewer leaves it.";

    /// <inheritdoc/>
    protected override void Run(IBalloonDriver student, CheckRun run)
    {
        // By hand: 2, then 5 more, then 8 more; then 3 of 11 are enough.
        BalloonWorld world = new(free: 100, evictable: 0);
        student.Start(world, world, new BalloonSpeed(2, 100, 3));
        world.Request = new BalloonRequest(new PageCount(18), StartOver: false);
        (int Held, int Rate)[] after = [(2, 5), (7, 8), (15, 11), (18, 11), (18, 11)];
        run.Step("a new driver, rate from 2 to 100 in steps of 3");
        run.Equal(2, student.Rate(), "the rate");
        for (int poll = 0; poll < after.Length; poll++)
        {
            run.Step($"target 18, poll {poll + 1}");
            world.Watch(student);
            run.Equal(after[poll].Held, world.Ballooned, "the number of pages that the host got");
            run.Equal(after[poll].Rate, student.Rate(), "the rate after the poll");
        }
    }
}
