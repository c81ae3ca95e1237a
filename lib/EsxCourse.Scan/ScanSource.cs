namespace EsxCourse.Scan;

// Where pages come from. A source knows its length when the scan begins; while it is read it may shrink, vanish or refuse, and
// that is told to the report, never thrown at the user.
//
// Files are read, not mapped: a mapped file that shrinks under a reader ends the process with SIGBUS, which managed code cannot
// catch. Reading into a large buffer of one's own costs one copy at memory speed.

/// <summary>Something that holds pages: a file, or a process's memory.</summary>
public abstract class ScanSource
{
    /// <summary>A source that belongs to an input.</summary>
    /// <param name="name">What to call it in a report: a path, or a process.</param>
    /// <param name="part">The number of the part that it belongs to (see <see cref="ScanInput"/>).</param>
    /// <param name="length">Its length in bytes when the scan began.</param>
    private protected ScanSource(string name, int part, long length) => (Name, Part, Length) = (name, part, length);

    /// <summary>What to call it in a report.</summary>
    public string Name { get; }

    /// <summary>The part that it belongs to.</summary>
    public int Part { get; }

    /// <summary>Bytes to read, as found when the scan began.</summary>
    public long Length { get; }

    /// <summary>Opens it for reading by one thread.</summary>
    /// <exception cref="IOException">It has vanished, or may not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal abstract IPageReader Open();

    /// <summary>What lies at an offset of this source, in words for a reader of the report.</summary>
    internal virtual string PlaceAt(long offset) => $"{Name} at {offset:N0}";
}

/// <summary>Reads a source at any offset. Belongs to one thread.</summary>
internal interface IPageReader : IDisposable
{
    /// <summary>Fills the buffer from an offset; fewer bytes come only where the source ends.</summary>
    int Read(long offset, Span<byte> buffer);
}

/// <summary>A file: memory image, core dump, raw disk image, or anything else that is made of bytes.</summary>
public sealed class FileSource : ScanSource
{
    internal FileSource(string path, int part, long length)
        : base(path, part, length)
    {
    }

    internal override IPageReader Open() => new Reader(Name);

    private sealed class Reader(string path) : IPageReader
    {
        // Sharing everything keeps .NET from locking the file: a scan only looks.
        private readonly Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        public int Read(long offset, Span<byte> buffer)
        {
            int total = 0;
            while (total < buffer.Length && RandomAccess.Read(file, buffer[total..], offset + total) is > 0 and int read)
                total += read;
            return total;
        }

        public void Dispose() => file.Dispose();
    }
}
