namespace EsxCourse.Scan;

/// <summary>One thread's work: reads a segment, hashes its pages, and hands the records on in batches.</summary>
internal sealed class SegmentReader(ScanInput input, RecordStore small, RecordStore large)
{
    private const int Batch = 1 << 15;

    private readonly List<PageRecord> pages = new(Batch);
    private readonly List<PageRecord> largePages = [];
    private byte[] buffer = [];

    /// <summary>Reads up to <paramref name="length"/> bytes of a source from an offset. What goes wrong is said, not thrown: the rest of the input matters more.</summary>
    public ScanProblem? Read(int source, long offset, int length)
    {
        ScanSource from = input.Sources[source];
        int wanted = (int)Math.Min(length, from.Length - offset);
        if (buffer.Length < Padded(wanted))
            buffer = GC.AllocateUninitializedArray<byte>(Math.Max(Padded(wanted), 1 << 20));
        int read;
        try
        {
            using IPageReader reader = from.Open();
            read = reader.Read(offset, buffer.AsSpan(0, wanted));
        }
        catch (FileNotFoundException)
        {
            return new ScanProblem(from.Name, "vanished before it was read");
        }
        catch (DirectoryNotFoundException)
        {
            return new ScanProblem(from.Name, "vanished before it was read");
        }
        catch (UnauthorizedAccessException)
        {
            return new ScanProblem(from.Name, "may not be read");
        }
        catch (IOException fault)
        {
            return new ScanProblem(from.Name, $"could not be read: {fault.Message}");
        }

        Hash(source, offset, read);
        return read < wanted ? new ScanProblem(from.Name, $"shrank while it was read: {wanted - read:N0} bytes less than there were, from {offset + read:N0}") : null;
    }

    /// <summary>Hands on what is left.</summary>
    public void Flush()
    {
        small.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pages));
        large.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(largePages));
        pages.Clear();
        largePages.Clear();
    }

    private static int Padded(int length) => (length + PageHasher.PageSize - 1) / PageHasher.PageSize * PageHasher.PageSize;

    private void Hash(int source, long offset, int length)
    {
        // The last page of a file is filled up with zeros, as the page cache does.
        Span<byte> bytes = buffer.AsSpan(0, Padded(length));
        bytes[length..].Clear();
        Span<UInt128> hashes = stackalloc UInt128[PageHasher.LargePage];
        long firstPage = offset / PageHasher.PageSize;
        for (int page = 0; page * PageHasher.PageSize < bytes.Length; page++)
        {
            UInt128 hash = PageHasher.Of(bytes.Slice(page * PageHasher.PageSize, PageHasher.PageSize));
            pages.Add(PageRecord.Of(hash, source, firstPage + page));
            hashes[page % PageHasher.LargePage] = hash;
            // Only a whole large page can be one: the ragged end of a file is shared in small pages or not at all.
            if (page % PageHasher.LargePage == PageHasher.LargePage - 1 && (page + 1) * PageHasher.PageSize <= length)
                largePages.Add(PageRecord.Of(PageHasher.OfLarge(hashes), source, (firstPage + page) / PageHasher.LargePage));
        }

        if (pages.Count >= Batch)
            Flush();
    }
}
