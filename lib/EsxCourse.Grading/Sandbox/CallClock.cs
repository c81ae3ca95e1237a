using System.Diagnostics;
using EsxCourse.Grading.Calls;

namespace EsxCourse.Grading.Sandbox;

// One call's clocks, from the moment it is sent until its answer is here, callbacks included.
//
// CPU time is counted from the first time the call was slow. Waiting counts only while the worker sleeps: on a busy machine a worker that
// wants a processor and gets none is not at fault. A far longer stop holds in any case.

/// <summary>Waits for a worker's pipe, and ends a call that uses more than it may.</summary>
internal sealed class CallClock(WorkerProcess worker, CallLimits limits)
{
    private const int SliceMilliseconds = 20, BusyFactor = 12;
    private readonly long start = Stopwatch.GetTimestamp();
    private double? cpuAtStart;
    private TimeSpan slept;

    /// <summary>Waits until a transfer is possible or the other end is gone.</summary>
    /// <exception cref="StudentFault">The call has used more than it may.</exception>
    public void WaitFor(PipeEnd pipe, bool toWrite)
    {
        long waiting = Stopwatch.GetTimestamp();
        while (!pipe.Wait(toWrite, SliceMilliseconds))
        {
            TimeSpan passed = Stopwatch.GetElapsedTime(waiting);
            waiting = Stopwatch.GetTimestamp();
            if (worker.Look() is WorkerState state)
            {
                cpuAtStart ??= state.CpuSeconds;
                if (state.CpuSeconds - cpuAtStart > limits.CpuSeconds)
                    throw StudentFault.OutOfLimits($"used more than {limits.CpuSeconds:0.###} s of CPU time in one call");
                if (state.Sleeps)
                    slept += TimeSpan.FromMilliseconds(Math.Min(passed.TotalMilliseconds, 2 * SliceMilliseconds));
            }

            if (slept >= limits.Wall || Stopwatch.GetElapsedTime(start) > BusyFactor * limits.Wall)
                throw StudentFault.NoAnswer(limits.Wall);
        }
    }
}
