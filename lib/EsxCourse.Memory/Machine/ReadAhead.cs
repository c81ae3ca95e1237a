using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace EsxCourse.Memory.Machine;

// Asks the processor to bring memory into its cache before it is needed. In random order a scan would wait some hundred nanoseconds at each
// page and each table entry; asked for in time, they come while something else is computed.
//
// Unsafe code, here and in Gather.cs alone: .NET offers the instruction for a pointer only. Nothing is read or written through the pointer, and an
// address that is wrong by then, because the collector moved the array, costs a useless transfer and nothing else: the instruction
// cannot fault. Without it (other processors), everything works and takes longer.

internal static class ReadAhead
{
    private const int CacheLine = 64;

    // Measured: eight lines serve a page that is read from its start as well as all 64 do, and leave room for others.
    private const int FirstLines = 8;

    /// <summary>The cache line that a value lies in.</summary>
    public static unsafe void Line<T>(ref readonly T at)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in at)));
    }

    /// <summary>The first line of a page: what takes longest to find is where the page lies.</summary>
    public static void PageAddress(ReadOnlySpan<byte> page)
    {
        if (page.Length > 0)
            Line(in page[0]);
    }

    /// <summary>The start of a page. Whoever then reads on from there is served by the processor's own read-ahead, which takes up from these lines.</summary>
    public static void Page(ReadOnlySpan<byte> page)
    {
        for (int at = 0; at < Math.Min(page.Length, FirstLines * CacheLine); at += CacheLine)
            Line(in page[at]);
    }
}
