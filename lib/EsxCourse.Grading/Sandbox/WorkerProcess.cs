using System.Diagnostics;
using EsxCourse.Grading.Calls;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Sandbox;

// One worker as its parent sees it: frames in and out, a clock on every wait, and the right to end it.
//
// Always: no wait without a deadline; what the process prints is read, so that it cannot stall on it, and thrown away but for the few words
// by which the runtime announces its own death.

/// <summary>A running worker.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>How often a wait looks at the CPU clock.</summary>
    private const int SliceMilliseconds = 50;

    private const int KeptOutputBytes = 4096;

    private readonly Process process;
    private readonly PipeEnd requests;
    private readonly PipeEnd replies;
    private readonly CpuClock clock;
    private readonly byte[] lastWords = new byte[KeptOutputBytes];
    private readonly Thread listener;
    private readonly int maxReplyBytes;
    private int lastWordsLength;

    public WorkerProcess(Process process, bool inSandbox = true, int maxReplyBytes = Frame.MaxReplyBytes)
    {
        this.process = process;
        this.maxReplyBytes = maxReplyBytes;
        requests = new PipeEnd(process.StandardInput.BaseStream);
        replies = new PipeEnd(process.StandardOutput.BaseStream);
        clock = new CpuClock(process.Id, inSandbox);
        listener = new Thread(DrainOutput, maxStackSize: 128 * 1024) { IsBackground = true, Name = "worker output" };
        listener.Start();
    }

    public double CpuSeconds => clock.Read()?.CpuSeconds ?? 0;

    /// <summary>The worker's first words: it is locked down and waits.</summary>
    /// <exception cref="StudentFault">It is not.</exception>
    public void ExpectHello(TimeSpan within)
    {
        Frame hello = Read(new CallLimits(within, within.TotalSeconds));
        if (hello.Kind != FrameKind.Hello)
            throw StudentFault.Breach($"frame {hello.Kind} before any call");
    }

    public void Send(ReadOnlyMemory<byte> frame, CallLimits limits)
    {
        Wait wait = new(this, limits);
        while (!frame.IsEmpty)
        {
            wait.For(requests, toWrite: true);
            int written = requests.Write(frame.Span);
            if (written <= 0)
                throw Died();
            frame = frame[written..];
        }
    }

    public Frame Read(CallLimits limits)
    {
        Wait wait = new(this, limits);
        byte[] length = new byte[4];
        ReadExactly(length, wait);
        byte[] rest;
        try
        {
            rest = new byte[Frame.RestLength(length, maxReplyBytes)];
        }
        catch (WireFormatException bad)
        {
            throw StudentFault.Breach(bad.Message);
        }

        ReadExactly(rest, wait);
        return Frame.Parse(rest);
    }

    /// <summary>Ends the process and everything it started, now.</summary>
    public void Dispose()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        process.WaitForExit();
        listener.Join();
        requests.Dispose();
        replies.Dispose();
        process.Dispose();
    }

    private void ReadExactly(Span<byte> into, Wait wait)
    {
        while (into.Length > 0)
        {
            wait.For(replies, toWrite: false);
            int read = replies.Read(into);
            if (read <= 0)
                throw Died();
            into = into[read..];
        }
    }

    private StudentFault Died()
    {
        // The pipe may have been closed by a process that lives on: it is out of the conversation, so it ends.
        if (!process.WaitForExit(1000))
            return StudentFault.Breach("a closed pipe");
        listener.Join(1000);
        return WorkerDeath.Explain(process.ExitCode, System.Text.Encoding.UTF8.GetString(lastWords, 0, lastWordsLength));
    }

    private void DrainOutput()
    {
        byte[] buffer = new byte[16384];
        Stream output = process.StandardError.BaseStream;
        try
        {
            while (output.Read(buffer) is int read and > 0)
            {
                int kept = Math.Min(read, KeptOutputBytes - lastWordsLength);
                buffer.AsSpan(0, kept).CopyTo(lastWords.AsSpan(lastWordsLength));
                lastWordsLength += kept;
            }
        }
        catch (IOException)
        {
            // Closed under us when the worker is put away.
        }
    }

    /// <summary>
    /// One conversation's clocks: CPU time from the first time it was slow, and waiting time. Only time in which the worker sleeps counts as
    /// waiting: on a busy machine a worker that wants a processor and gets none is not at fault. A far longer stop holds in any case.
    /// </summary>
    private sealed class Wait(WorkerProcess worker, CallLimits limits)
    {
        private const int BusyFactor = 12;
        private readonly long start = Stopwatch.GetTimestamp();
        private double? cpuAtStart;
        private TimeSpan slept;

        public void For(PipeEnd pipe, bool toWrite)
        {
            while (!pipe.Wait(toWrite, SliceMilliseconds))
            {
                if (worker.clock.Read() is WorkerState state)
                {
                    cpuAtStart ??= state.CpuSeconds;
                    if (state.CpuSeconds - cpuAtStart > limits.CpuSeconds)
                        throw StudentFault.OutOfLimits($"used more than {limits.CpuSeconds:0.###} s of CPU time in one call");
                    if (state.Sleeps)
                        slept += TimeSpan.FromMilliseconds(SliceMilliseconds);
                }

                if (slept >= limits.Wall || Stopwatch.GetElapsedTime(start) > BusyFactor * limits.Wall)
                    throw StudentFault.NoAnswer(limits.Wall);
            }
        }
    }
}
