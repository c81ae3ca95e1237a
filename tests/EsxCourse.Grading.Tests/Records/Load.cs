namespace EsxCourse.Grading.Tests.Records;

/// <summary>Keeps every core busy until it is disposed of.</summary>
internal sealed class Load : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Thread[] threads;

    private Load()
    {
        threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
                Thread.SpinWait(10_000);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
    }

    public static Load OnEveryCore() => new();

    public void Dispose()
    {
        stop.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        stop.Dispose();
    }
}
