using System.Threading.Channels;

namespace EsxCourse.Quiz.Server.Store;

/// <summary>
/// The one writer of the room. What a class of three hundred types arrives here as single writes; those that wait while the disk is busy are
/// committed together, so that one wait for the disk serves them all (group commit, as database logs do it).
/// <list type="bullet">
/// <item>A write is acknowledged, that is, its task completes, only after the commit that holds it has returned.</item>
/// <item>Writes run one after the other, in the order of arrival, and each sees what the ones before it did, also within its batch.</item>
/// <item>A write that throws is undone alone (a savepoint); the others of its batch stand.</item>
/// </list>
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    // Bounds how long the first of a batch waits for the last; three hundred students fit in two.
    private const int MostInABatch = 256;

    // More writes than this waiting means the disk has stopped: then callers wait to be let in, and memory does not grow.
    private const int MostWaiting = 4096;

    private readonly SqlSession session;
    private readonly Channel<Write> queue = Channel.CreateBounded<Write>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Task loop;

    public GroupCommit(SqlSession session)
    {
        this.session = session;
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>Does <paramref name="work"/> in the next batch.</summary>
    /// <returns>What it returned, after its commit.</returns>
    public async Task<T> WriteAsync<T>(Func<SqlSession, T> work)
    {
        Write<T> write = new(work);
        await queue.Writer.WriteAsync(write);
        return await write.Committed;
    }

    /// <summary>Commits what still waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
            await loop;
        session.Dispose();
    }

    private async Task Run()
    {
        List<Write> batch = [];
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostInABatch && queue.Reader.TryRead(out Write? write))
                batch.Add(write);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Write> batch)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (Write write in batch)
            {
                session.Execute("SAVEPOINT one");
                if (!write.Run(session))
                    session.Execute("ROLLBACK TO one");
                session.Execute("RELEASE one");
            }

            session.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            // The disk is full or gone: nobody of this batch is told that anything was saved.
            Try(() => session.Execute("ROLLBACK"));
            batch.ForEach(write => write.Fail(failure));
            return;
        }

        batch.ForEach(write => write.Acknowledge());
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite has rolled back by itself.
        }
    }

    private abstract class Write
    {
        /// <summary>Does the work; false if it threw.</summary>
        public abstract bool Run(SqlSession session);

        public abstract void Acknowledge();

        public abstract void Fail(Exception failure);
    }

    private sealed class Write<T>(Func<SqlSession, T> work) : Write
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? thrown;

        public Task<T> Committed => done.Task;

        public override bool Run(SqlSession session)
        {
            try
            {
                result = work(session);
                return true;
            }
            catch (Exception error)
            {
                thrown = error;
                return false;
            }
        }

        public override void Acknowledge()
        {
            if (thrown is null)
                done.SetResult(result!);
            else
                done.SetException(thrown);
        }

        public override void Fail(Exception failure) => done.SetException(failure);
    }
}
