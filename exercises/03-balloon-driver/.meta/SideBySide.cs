using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Ballooning;

/// <summary>The reference driver beside the student's, each in a world of its own that is alike.</summary>
internal sealed class SideBySide
{
    private readonly IBalloonDriver reference;
    private readonly IBalloonDriver student;
    private readonly CheckRun run;

    public SideBySide(IBalloonDriver student, CheckRun run, BalloonSpeed speed, Func<BalloonWorld> world)
    {
        (this.student, this.run, Expected, Actual) = (student, run, world(), world());
        reference = run.Reference<IBalloonDriver>();
        reference.Start(Expected, Expected, speed);
        student.Start(Actual, Actual, speed);
    }

    public BalloonWorld Expected { get; }

    public BalloonWorld Actual { get; }

    /// <summary>Changes both worlds, lets both drivers poll, and compares what they did.</summary>
    /// <param name="step">Said before what is found.</param>
    /// <param name="change">What happens before the poll.</param>
    /// <param name="byHand">How many pages the host has after it, worked by hand.</param>
    public void Poll(string step, Action<BalloonWorld> change, int? byHand = null)
    {
        run.Step(step);
        change(Expected);
        change(Actual);
        run.SameSequence(Expected.Watch(reference), Actual.Watch(student), "step");
        if (byHand is int held)
            run.Equal(held, Actual.Ballooned, "the number of pages that the host has after the poll");
        run.Equal(reference.Held(), student.Held(), "the balloon's size after the poll");
        run.Equal(reference.Rate(), student.Rate(), "the rate after the poll");
    }
}
