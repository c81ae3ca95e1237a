using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <summary>A whole page, into the second-level cache: the first would have no room for it beside the page that is being read.</summary>
    /// <remarks>
    /// The processor's own read-ahead stops at the end of each page and takes some lines to begin anew. Measured: pages in order are hashed 1.7 times as fast
    /// with all 64 lines asked for a page ahead, and hardly faster with the first eight.
    /// </remarks>
    public static unsafe void Page(ReadOnlySpan<byte> page)
    {
        if (!Sse.IsSupported || page.Length == 0)
            return;
        byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(page));
        for (int at = 0; at < page.Length; at += CacheLine)
            Sse.Prefetch1(start + at);
    }
}
