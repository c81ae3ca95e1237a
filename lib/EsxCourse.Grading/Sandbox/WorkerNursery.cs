using System.Collections.Concurrent;
using EsxCourse.Contracts;

namespace EsxCourse.Grading.Sandbox;

// Keeps a few workers started and waiting, so that a submission does not wait for a runtime to boot. Taking one orders the next, unless no other
// submission is to come: then a worker is ordered only if the last submission's own died.

/// <summary>A warm pool of fresh workers; each is given out once.</summary>
internal sealed class WorkerNursery : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly WorkerSandbox sandbox;
    private readonly StarterThread starter;
    private readonly int size;
    private readonly BlockingCollection<object> ready = [];
    private readonly Lock counting = new();
    private int ordered, free, expected;
    private volatile bool closed;

    /// <param name="sandbox">What workers are started in.</param>
    /// <param name="starter">Where; outlives this.</param>
    /// <param name="size">How many wait.</param>
    /// <param name="expected">How many will be taken if none of them dies.</param>
    /// <exception cref="BadInputException">The sandbox cannot be made on this machine.</exception>
    public WorkerNursery(WorkerSandbox sandbox, StarterThread starter, int size, int expected)
    {
        (this.sandbox, this.starter, this.size, this.expected) = (sandbox, starter, size, expected);
        Fill();
        try
        {
            // The first one is tried before anything is graded: a machine that cannot make sandboxes must not look like a class that failed.
            WorkerProcess first = Receive(CancellationToken.None);
            ready.Add(first);
            Interlocked.Increment(ref ordered);
        }
        catch (GraderBrokeException broken)
        {
            Dispose();
            throw new BadInputException("sandbox", PlainText.Line(broken.Message, 300), "let bwrap make user namespaces here (README, 'What stands around a submission'), or grade on another machine", broken);
        }
    }

    /// <summary>A worker that no student code has run in. The caller disposes of it.</summary>
    /// <exception cref="GraderBrokeException">No worker could be started.</exception>
    public WorkerProcess Take(CancellationToken cancellation)
    {
        lock (counting)
        {
            expected--;
            if (free == 0)
                Order();
            free--;
            Fill();
        }

        return Receive(cancellation);
    }

    public void Dispose()
    {
        closed = true;
        for (; ordered > 0; ordered--)
            (ready.Take() as IDisposable)?.Dispose();
        ready.Dispose();
    }

    // Orders until as many are free as should wait.
    private void Fill()
    {
        while (free < Math.Min(size, expected))
            Order();
    }

    private void Order()
    {
        free++;
        Interlocked.Increment(ref ordered);
        starter.Post(() => ready.Add(TryStart()));
    }

    private WorkerProcess Receive(CancellationToken cancellation)
    {
        object taken = ready.Take(cancellation);
        Interlocked.Decrement(ref ordered);
        if (taken is Exception failed)
            throw new GraderBrokeException($"no worker could be started: {failed.Message}", failed);
        WorkerProcess worker = (WorkerProcess)taken;
        try
        {
            worker.ExpectHello(StartLimit);
            return worker.IsLocked || sandbox.IsUnsafe ? worker : throw Calls.StudentFault.Breach("it is not locked down");
        }
        catch (Calls.StudentFault fault)
        {
            worker.Dispose();
            throw new GraderBrokeException($"a worker did not start: it {fault.Message}{(worker.FirstWords is { Length: > 0 } words ? $" ({words})" : "")}", fault);
        }
    }

    private object TryStart()
    {
        try
        {
            return closed ? new ObjectDisposedException(nameof(WorkerNursery)) : sandbox.StartWorker();
        }
        catch (Exception failed) when (failed is System.ComponentModel.Win32Exception or IOException)
        {
            return failed;
        }
    }
}
