using EsxCourse.Contracts;

namespace EsxCourse.Scan;

// Reads every page of the input once and counts equal ones (OSDI '02 §4, on real memory instead of a simulated one).
//
// The input is cut into segments of 2 MiB multiples; as many threads as there are cores take one after the other, read it, hash
// its pages, and hand the records to the store. Then each partition of the store is sorted and counted, again on all cores. What is reported does
// not depend on the threads: the order of records is that of contents and places.

/// <summary>How to scan.</summary>
public sealed record ScanOptions
{
    /// <summary>Memory for the records of pages, in bytes. Beyond it they go to temporary files, 28 bytes a page at most.</summary>
    public long Budget { get; init; } = 512L << 20;

    /// <summary>Threads.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many of the most shared pages to report.</summary>
    public int Most { get; init; } = 10;
}

/// <summary>Scans an input for pages of equal contents.</summary>
public static class PageScan
{
    // A multiple of 2 MiB, so that a large page never lies across two segments.
    private const int Segment = 8 << 20;

    /// <summary>Scans.</summary>
    /// <param name="input">What to read.</param>
    /// <param name="options">How; the defaults if not given.</param>
    /// <param name="progress">Takes the number of bytes that are done.</param>
    /// <param name="stop">Stops the scan; temporary files are removed.</param>
    /// <returns>What could be shared.</returns>
    public static ScanReport Run(ScanInput input, ScanOptions? options = null, IProgress<long>? progress = null, CancellationToken stop = default)
    {
        ScanOptions how = options ?? new();
        List<ScanProblem> problems = [.. input.Problems];
        using RecordStore small = new(how.Budget * 15 / 16), large = new(how.Budget / 16);
        Read(input, how, small, large, problems, progress, stop);

        int[] parts = [.. input.Sources.Select(source => source.Part)];
        return new ScanReport(input, Counted(small, how, parts, stop), Counted(large, how with { Most = 0 }, parts, stop))
        {
            // A source that is read in several segments may fail in each of them.
            Problems = [.. problems.OrderBy(problem => problem.Source, StringComparer.Ordinal).ThenBy(problem => problem.What, StringComparer.Ordinal).DistinctBy(problem => problem.Source)],
            RecordsOnDisk = small.Spilled + large.Spilled,
        };
    }

    private static void Read(ScanInput input, ScanOptions how, RecordStore small, RecordStore large, List<ScanProblem> problems, IProgress<long>? progress, CancellationToken stop)
    {
        long done = 0;
        using IEnumerator<(int Source, long Offset)> segments = Segments(input).GetEnumerator();
        Parallel.For(0, how.Threads, new ParallelOptions { MaxDegreeOfParallelism = how.Threads, CancellationToken = stop }, _ =>
        {
            SegmentReader reader = new(input, small, large);
            while (Next() is { } next)
            {
                stop.ThrowIfCancellationRequested();
                if (reader.Read(next.Source, next.Offset, Segment) is { } problem)
                    lock (problems)
                        problems.Add(problem);
                progress?.Report(Interlocked.Add(ref done, Math.Min(Segment, input.Sources[next.Source].Length - next.Offset)));
            }

            reader.Flush();
        });

        (int Source, long Offset)? Next()
        {
            lock (segments)
                return segments.MoveNext() ? segments.Current : null;
        }
    }

    private static IEnumerable<(int Source, long Offset)> Segments(ScanInput input)
    {
        for (int source = 0; source < input.Sources.Count; source++)
            for (long offset = 0; offset < input.Sources[source].Length; offset += Segment)
                yield return (source, offset);
    }

    private static PageCounts Counted(RecordStore store, ScanOptions how, int[] parts, CancellationToken stop)
    {
        PageCounts total = new(how.Most);
        Parallel.For(
            0,
            RecordStore.Partitions,
            new ParallelOptions { MaxDegreeOfParallelism = how.Threads, CancellationToken = stop },
            () => new PageCounts(how.Most),
            (partition, _, counts) =>
            {
                foreach (ReadOnlyMemory<PageRecord> records in store.Sorted(partition))
                    counts.Add(records.Span, parts);
                return counts;
            },
            counts =>
            {
                lock (total)
                    total.Add(counts);
            });
        return total;
    }
}
