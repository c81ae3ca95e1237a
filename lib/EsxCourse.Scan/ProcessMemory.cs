using System.Buffers.Binary;
using System.Globalization;
using EsxCourse.Contracts;

namespace EsxCourse.Scan;

// A process's memory (Linux): the regions that /proc/PID/maps names, and of those the pages that /proc/PID/pagemap calls present
// or swapped. Pages that were never touched would all read as zero and would flatter sharing. The process keeps running: what it
// frees before the scan comes to it is reported as a short read.

/// <summary>The memory of a running process, its present and swapped pages one behind the other.</summary>
public sealed class ProcessMemory : ScanSource
{
    private const int PageSize = PageHasher.PageSize;
    private const int EntriesAtOnce = 1 << 16;
    private const ulong PresentOrSwapped = 0b11UL << 62;

    private readonly int pid;
    private readonly Run[] runs;

    private ProcessMemory(int pid, int part, Run[] runs)
        : base($"process {pid}", part, runs.Sum(run => run.Pages) * PageSize) => (this.pid, this.runs) = (pid, runs);

    /// <summary>Pages that lie side by side: where the process sees them, and where this source has them.</summary>
    private readonly record struct Run(long Address, long Pages, long Offset)
    {
        public long End => Offset + (Pages * PageSize);
    }

    /// <summary>Finds the pages of a process.</summary>
    /// <exception cref="BadInputException">There is no such process, or its memory may not be read.</exception>
    internal static ProcessMemory Of(int pid, int part)
    {
        string folder = $"/proc/{pid}";
        if (!Directory.Exists(folder))
            throw new BadInputException($"pid:{pid}", "there is no such process", "give the number of a running process");
        try
        {
            using FileStream pagemap = new($"{folder}/pagemap", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            List<Run> runs = [];
            long offset = 0;
            foreach (string line in File.ReadLines($"{folder}/maps"))
                if (!line.EndsWith("[vvar]", StringComparison.Ordinal) && !line.EndsWith("[vsyscall]", StringComparison.Ordinal) && Readable(line))
                    offset = AddPresent(pagemap, line, runs, offset);
            return new ProcessMemory(pid, part, [.. runs]);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new BadInputException($"pid:{pid}", "its memory may not be read", "scan a process of your own, or run as root", refused);
        }
    }

    internal override IPageReader Open() => new Reader(this);

    internal override string PlaceAt(long offset) => $"{Name} at address 0x{AddressOf(offset):x}";

    private static bool Readable(string line) => line.AsSpan(line.IndexOf(' ') + 1).StartsWith("r");

    private static long AddPresent(FileStream pagemap, string line, List<Run> runs, long offset)
    {
        string[] ends = line[..line.IndexOf(' ')].Split('-');
        long from = long.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), to = long.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        pagemap.Seek(from / PageSize * sizeof(ulong), SeekOrigin.Begin);
        byte[] entries = new byte[Math.Min((to - from) / PageSize, EntriesAtOnce) * sizeof(ulong)];
        for (long address = from; address < to;)
        {
            int known = pagemap.ReadAtLeast(entries.AsSpan(0, (int)Math.Min(entries.Length, (to - address) / PageSize * sizeof(ulong))), sizeof(ulong), throwOnEndOfStream: false) / sizeof(ulong);
            if (known == 0)
                break;
            for (int entry = 0; entry < known; entry++, address += PageSize)
                if ((BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(entry * sizeof(ulong))) & PresentOrSwapped) != 0)
                    offset = Add(runs, address, offset);
        }

        return offset;
    }

    private static long Add(List<Run> runs, long address, long offset)
    {
        if (runs.Count > 0 && runs[^1].Address + (runs[^1].Pages * PageSize) == address)
            runs[^1] = runs[^1] with { Pages = runs[^1].Pages + 1 };
        else
            runs.Add(new Run(address, 1, offset));
        return offset + PageSize;
    }

    private int RunAt(long offset)
    {
        int low = 0, high = runs.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (runs[middle].End > offset)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private long AddressOf(long offset)
    {
        Run run = runs[RunAt(offset)];
        return run.Address + offset - run.Offset;
    }

    private sealed class Reader(ProcessMemory source) : IPageReader
    {
        private readonly Microsoft.Win32.SafeHandles.SafeFileHandle memory = File.OpenHandle($"/proc/{source.pid}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        public int Read(long offset, Span<byte> buffer)
        {
            int total = 0;
            for (int at = source.runs.Length == 0 ? 0 : source.RunAt(offset); total < buffer.Length && at < source.runs.Length; at++)
            {
                Run run = source.runs[at];
                long within = offset + total - run.Offset;
                Span<byte> part = buffer[total..][..(int)Math.Min(buffer.Length - total, (run.Pages * PageSize) - within)];
                while (part.Length > 0 && RandomAccess.Read(memory, part, run.Address + within) is > 0 and int read)
                {
                    part = part[read..];
                    within += read;
                    total += read;
                }

                if (part.Length > 0)
                    break;
            }

            return total;
        }

        public void Dispose() => memory.Dispose();
    }
}
