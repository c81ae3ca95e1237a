using System.Diagnostics;
using EsxCourse.Grading.Sandbox;

namespace EsxCourse.Grading.Calls;

// A submission that sleeps a little in every call breaks no call's limit and could still keep the grader for hours. So the time that the grader
// waits is summed up over all calls, and what the worker ran or wanted to run meanwhile is taken off (the kernel knows: schedstat): on a busy
// machine neither the worker's wait for a processor nor the grader's own counts. The kernel is asked once a second of waiting, not at every call.

/// <summary>Sums up how long a submission has kept the grader waiting without running.</summary>
internal sealed class WaitingTime(TimeSpan budget)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private WorkerProcess? worker;
    private TimeSpan waited;
    private TimeSpan excusedBefore;
    private TimeSpan idle;
    private long begun;

    /// <summary>Whether the whole budget is used up.</summary>
    public bool IsOver => idle >= budget;

    /// <summary>A call has let its whole waiting time pass.</summary>
    public void PassedInVain(TimeSpan wall) => idle += wall;

    /// <summary>The grader begins to wait for a worker.</summary>
    public void Begin(WorkerProcess asked)
    {
        if (worker != asked)
        {
            worker = asked;
            (waited, excusedBefore) = (TimeSpan.Zero, Excused());
        }

        begun = Stopwatch.GetTimestamp();
    }

    /// <summary>It has its answer.</summary>
    /// <exception cref="StudentFault">The submission has kept it waiting for too long in all.</exception>
    public void End()
    {
        waited += Stopwatch.GetElapsedTime(begun);
        if (waited < LookInterval)
            return;
        TimeSpan excused = Excused();
        if (waited > excused - excusedBefore)
            idle += waited - (excused - excusedBefore);
        (waited, excusedBefore) = (TimeSpan.Zero, excused);
        if (idle > budget)
            throw StudentFault.KeptWaiting(budget);
    }

    /// <summary>How long the worker has run or wanted to, and the grader's thread has wanted to.</summary>
    private TimeSpan Excused() => TimeSpan.FromSeconds((worker!.WantedSeconds ?? 0) + CpuClock.OwnDelaySeconds());
}
