using System.Collections.Concurrent;
using System.Diagnostics;

namespace EsxCourse.Grading.Sandbox;

// Keeps a few workers started and waiting, so that a submission does not wait for a runtime to boot.
//
// All workers are started by one thread that lives as long as the nursery: the kernel ties a sandbox's life to the *thread* that made it
// (bwrap --die-with-parent), which is how nothing survives even a SIGKILL of the grader, and why a thread pool would kill them at random.

/// <summary>A warm pool of fresh workers; each is given out once.</summary>
internal sealed class WorkerNursery : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly WorkerSandbox sandbox;
    private readonly BlockingCollection<object> ready;
    private readonly CancellationTokenSource closing = new();
    private readonly Thread starter;

    public WorkerNursery(WorkerSandbox sandbox, int size)
    {
        this.sandbox = sandbox;
        ready = new BlockingCollection<object>(size);
        starter = new Thread(StartWorkers) { IsBackground = true, Name = "worker nursery" };
        starter.Start();
    }

    /// <summary>A worker that no student code has run in. The caller disposes of it.</summary>
    /// <exception cref="GraderBrokeException">No worker could be started.</exception>
    public WorkerProcess Take(CancellationToken cancellation)
    {
        object taken = ready.Take(cancellation);
        if (taken is Exception failed)
            throw new GraderBrokeException($"no worker could be started: {failed.Message}", failed);
        WorkerProcess worker = (WorkerProcess)taken;
        try
        {
            worker.ExpectHello(StartLimit);
            return worker;
        }
        catch (Calls.StudentFault fault)
        {
            worker.Dispose();
            throw new GraderBrokeException($"a worker did not start: it {fault.Message}", fault);
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        starter.Join();
        while (ready.TryTake(out object? left))
            (left as IDisposable)?.Dispose();
        ready.Dispose();
        closing.Dispose();
    }

    private void StartWorkers()
    {
        try
        {
            while (!closing.IsCancellationRequested)
            {
                object made = TryStart();
                try
                {
                    ready.Add(made, closing.Token);
                }
                catch (OperationCanceledException)
                {
                    (made as IDisposable)?.Dispose();
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile.
        }
    }

    private object TryStart()
    {
        try
        {
            return new WorkerProcess(sandbox.Start());
        }
        catch (Exception failed) when (failed is System.ComponentModel.Win32Exception or IOException)
        {
            Debug.WriteLine(failed);
            return failed;
        }
    }
}
