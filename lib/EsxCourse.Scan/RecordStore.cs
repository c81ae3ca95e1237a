using System.Runtime.InteropServices;

namespace EsxCourse.Scan;

// The records of all pages, in 256 partitions by the first byte of the hash: pages of equal contents meet in one partition, and a
// partition is all that has to be in memory when they are counted.
//
// Memory is bounded. When the records reach half the budget they are merged; if that leaves more than a quarter, all partitions are
// appended to files of their own in a temporary folder. A partition that is larger than an eighth of the budget is counted in several
// passes, each over the records of one range of hashes. So any input is counted within the budget, and the price of a large one is disk: 28
// bytes for each contents that a source holds, at most 0.7 % of what is read.

/// <summary>Keeps the records of a scan by partition, in memory while they fit and on disk beyond that.</summary>
internal sealed class RecordStore(long budgetBytes) : IDisposable
{
    public const int Partitions = 256;

    private readonly long budget = budgetBytes / PageRecord.Size;
    private readonly List<PageRecord>[] inMemory = [.. Enumerable.Range(0, Partitions).Select(_ => new List<PageRecord>())];
    private readonly long[] onDisk = new long[Partitions];
    private readonly Lock gate = new();
    private string? folder;
    private long held;

    /// <summary>Records that were written to disk, for the report.</summary>
    public long Spilled => onDisk.Sum();

    /// <summary>Adds one thread's records; they need not be sorted.</summary>
    public void Add(ReadOnlySpan<PageRecord> records)
    {
        lock (gate)
        {
            foreach (PageRecord record in records)
                inMemory[record.HashHigh >> 56].Add(record);
            held += records.Length;
            if (held < budget / 2)
                return;
            Merge();
            if (held >= budget / 4)
                Spill();
        }
    }

    /// <summary>
    /// The records of a partition, sorted and merged, in as many batches as the budget asks for. Records of equal contents are never in two
    /// batches. A batch is valid until the next one is asked for.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<PageRecord>> Sorted(int partition)
    {
        long count = onDisk[partition] + inMemory[partition].Count;
        int bits = 0;
        while (count >> bits > Math.Max(budget / 8, 1) && bits < 24)
            bits++;
        for (uint slice = 0; slice < 1u << bits; slice++)
        {
            PageRecord[] records = [.. Read(partition).Where(record => InSlice(record, slice, bits))];
            yield return records.AsMemory(0, PageRecord.SortAndMerge(records));
        }
    }

    public void Dispose()
    {
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    private static bool InSlice(PageRecord record, uint slice, int bits) => bits == 0 || (uint)(record.HashHigh >> (56 - bits)) % (1u << bits) == slice;

    private IEnumerable<PageRecord> Read(int partition)
    {
        if (onDisk[partition] > 0)
        {
            using FileStream file = File.OpenRead(FileOf(partition));
            byte[] block = new byte[PageRecord.Size * 4096];
            while (file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) is > 0 and int read)
                for (int at = 0; at < read; at += PageRecord.Size)
                    yield return MemoryMarshal.Read<PageRecord>(block.AsSpan(at));
        }

        foreach (PageRecord record in inMemory[partition])
            yield return record;
    }

    private void Merge()
    {
        held = 0;
        foreach (List<PageRecord> records in inMemory)
        {
            CollectionsMarshal.SetCount(records, PageRecord.SortAndMerge(CollectionsMarshal.AsSpan(records)));
            held += records.Count;
        }
    }

    private void Spill()
    {
        folder ??= Directory.CreateTempSubdirectory("esx-scan-").FullName;
        for (int partition = 0; partition < Partitions; partition++)
        {
            List<PageRecord> records = inMemory[partition];
            using (FileStream file = new(FileOf(partition), FileMode.Append))
                file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(records)));
            onDisk[partition] += records.Count;
            records.Clear();
        }

        held = 0;
    }

    private string FileOf(int partition) => Path.Combine(folder!, partition.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
}
