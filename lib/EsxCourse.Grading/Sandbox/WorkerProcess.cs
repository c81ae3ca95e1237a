using System.Diagnostics;
using System.Runtime.InteropServices;
using EsxCourse.Grading.Calls;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Sandbox;

// One worker (or compiler) as its parent sees it: frames in and out, a clock on every wait, and the right to end it.
//
// Always: no wait without a deadline; what the process prints is read up to a limit and thrown away (LastWords).

/// <summary>A running worker.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int MaxOutputBytes = 1 << 20;
    private const int KillSignal = 9;
    private static readonly TimeSpan DyingLimit = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly bool inSandbox;
    private readonly Cgroup? group;
    private readonly PipeEnd requests;
    private readonly PipeEnd replies;
    private readonly CpuClock clock;
    private readonly LastWords lastWords = new();
    private readonly Thread listener;
    private readonly int maxReplyBytes;
    private readonly int maxThreads;
    private bool saidHello;

    /// <param name="process">The process, with all its streams redirected.</param>
    /// <param name="inSandbox">Whether that is a sandbox around the worker.</param>
    /// <param name="group">The control group that it runs in, if any; removed with it.</param>
    /// <param name="maxReplyBytes">The largest frame that it may send.</param>
    /// <param name="maxThreads">How many threads it may have.</param>
    public WorkerProcess(Process process, bool inSandbox, Cgroup? group = null, int maxReplyBytes = Frame.MaxReplyBytes, int maxThreads = int.MaxValue)
    {
        (this.process, this.inSandbox, this.group) = (process, inSandbox, group);
        this.maxReplyBytes = maxReplyBytes;
        this.maxThreads = maxThreads;
        requests = PipeEnd.Of(process.StandardInput.BaseStream);
        replies = PipeEnd.Of(process.StandardOutput.BaseStream);
        clock = new CpuClock(process, inSandbox, group);
        listener = new Thread(DrainOutput, maxStackSize: 128 * 1024) { IsBackground = true, Name = "worker output" };
        listener.Start();
    }

    /// <summary>CPU time used so far.</summary>
    public double CpuSeconds => clock.Read()?.CpuSeconds ?? 0;

    /// <summary>Seconds that the serving thread has run or wanted to; null where the kernel does not say.</summary>
    public double? WantedSeconds => clock.Wanted();

    /// <summary>The first line that it printed; nothing of a student's as long as no student code is loaded.</summary>
    public string FirstWords => lastWords.FirstLine;

    /// <summary>Whether it has said that its system calls are filtered.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>What the kernel says of it; null when it is gone.</summary>
    /// <exception cref="StudentFault">It has more threads than it may.</exception>
    public WorkerState? Look()
    {
        WorkerState? state = clock.Read();
        return state?.Threads > maxThreads ? throw StudentFault.OutOfLimits($"started more than {maxThreads} threads") : state;
    }

    /// <summary>The worker's first words: it is locked down and waits. Asked again, it is known.</summary>
    /// <exception cref="StudentFault">It is not.</exception>
    public void ExpectHello(TimeSpan within)
    {
        if (saidHello)
            return;
        Frame hello = Read(new CallClock(this, new CallLimits(within, within.TotalSeconds)));
        if (hello.Kind != FrameKind.Hello)
            throw StudentFault.Breach($"frame {hello.Kind} before any call");
        saidHello = true;
        IsLocked = hello.Body.Length == 1 && hello.Body.Span[0] == 1;
    }

    public void Send(ReadOnlyMemory<byte> frame, CallClock clock)
    {
        while (!frame.IsEmpty)
        {
            clock.WaitFor(requests, toWrite: true);
            int written = requests.Write(frame.Span);
            if (written <= 0)
                throw Died();
            frame = frame[written..];
        }
    }

    public Frame Read(CallClock clock)
    {
        byte[] length = new byte[4];
        ReadExactly(length, clock);
        byte[] rest;
        try
        {
            rest = new byte[Frame.RestLength(length, maxReplyBytes)];
        }
        catch (WireFormatException bad)
        {
            throw StudentFault.Breach(bad.Message);
        }

        ReadExactly(rest, clock);
        return Frame.Parse(rest);
    }

    /// <summary>Ends the process and everything it started, now.</summary>
    public void Dispose()
    {
        try
        {
            // A sandbox's own first process takes everything inside with it, and must go first: it does not always follow the one outside, since
            // the kernel forgets such ties when rights are given up. It would then hold the pipe that is listened to.
            if (inSandbox && CpuClock.Child(process.Id) is int first)
                _ = Kill(first, KillSignal);
            process.Kill(entireProcessTree: !inSandbox);
        }
        catch (Exception gone) when (gone is InvalidOperationException or AggregateException or IOException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }

        process.WaitForExit();
        listener.Join(DyingLimit);
        requests.Dispose();
        replies.Dispose();
        process.Dispose();
        group?.Dispose();
    }

    private void ReadExactly(Span<byte> into, CallClock clock)
    {
        while (into.Length > 0)
        {
            clock.WaitFor(replies, toWrite: false);
            int read = replies.Read(into);
            if (read <= 0)
                throw Died();
            into = into[read..];
        }
    }

    private StudentFault Died()
    {
        // A process that closes its end may be dying, which takes as long as it takes on a busy machine; or it lives on, out of the
        // conversation, and is ended. Only time in which it sleeps speaks for the latter.
        const int SliceMilliseconds = 10;
        TimeSpan slept = TimeSpan.Zero;
        while (!process.WaitForExit(SliceMilliseconds))
        {
            if (clock.Read() is { Sleeps: true })
                slept += TimeSpan.FromMilliseconds(SliceMilliseconds);
            if (slept > DyingLimit)
                return StudentFault.Breach("a closed pipe");
        }

        listener.Join();
        return WorkerDeath.Explain(process.ExitCode, lastWords);
    }

    private void DrainOutput()
    {
        byte[] buffer = new byte[16384];
        Stream output = process.StandardError.BaseStream;
        try
        {
            for (int left = MaxOutputBytes; left > 0;)
            {
                int read = output.Read(buffer);
                if (read <= 0)
                    return;
                lastWords.Add(buffer.AsSpan(0, Math.Min(read, left)));
                left -= read;
            }

            output.Dispose();   // From now on it prints into nothing.
        }
        catch (IOException)
        {
            // Closed under us when the worker is put away.
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
