using System.Collections.Concurrent;

namespace EsxCourse.Grading.Sandbox;

/// <summary>The one thread on which sandboxed processes are started; it lives as long as they may.</summary>
/// <remarks>
/// The kernel ties a sandbox's life to the <em>thread</em> that made it (bwrap --die-with-parent). That is how nothing survives even a SIGKILL of
/// the grader, and why a thread of the pool, which ends when it likes, would kill sandboxes at random.
/// </remarks>
internal sealed class StarterThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;

    public StarterThread()
    {
        thread = new Thread(() =>
        {
            foreach (Action next in work.GetConsumingEnumerable())
                next();
        })
        { IsBackground = true, Name = "process starter" };
        thread.Start();
    }

    /// <summary>Starts something and waits for it.</summary>
    public T Run<T>(Func<T> start)
    {
        TaskCompletionSource<T> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                started.SetResult(start());
            }
            catch (Exception failed)
            {
                started.SetException(failed);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    /// <summary>Starts something later; it must not throw.</summary>
    public void Post(Action start) => work.Add(start);

    /// <summary>Ends the thread, and with it whatever it started and still runs.</summary>
    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }
}
