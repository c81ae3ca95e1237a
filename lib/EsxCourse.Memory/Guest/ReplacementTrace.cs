using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Guest;

// How often a given list of references misses in a memory of so many frames, by clock and by exact LRU: the hot counterpart of
// PageReplacement.cs for whole traces, a few array cells a reference.
//
// What a miss changes is seldom what the next references look at. So both take references a block at a time: look all of them up, then do
// all misses, then mark all hits, without a guess at each reference whether it misses. Where that could make a difference (ClockTrace.cs and
// LruTrace.cs say when), they go through the block one reference after the other. What the next block will need is asked for meanwhile.
//
// The plain version is ClockReplacement or LruReplacement over frames, with a page table before it and a victim for each miss;
// ReplacementTraceTests compares both with that and with a list of pages.

/// <summary>Misses of a whole trace of page references.</summary>
public static class ReplacementTrace
{
    /// <summary>How many references are taken at once.</summary>
    internal const int Block = 32;

    private const int Checked = 512 * Block;

    /// <summary>Runs a trace through a memory that the clock manages: frames are filled in order, then the hand looks for a page not referenced since it last came by.</summary>
    /// <param name="references">The pages, in the order in which they are referenced, each from 0 to below <paramref name="pages"/>.</param>
    /// <param name="pages">How many pages there are.</param>
    /// <param name="frames">How many of them fit into memory, at least 1.</param>
    /// <returns>How many references found their page absent. O(references), amortized; 4 bytes a page and 5 a frame.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame, or a reference is to no page.</exception>
    public static long ClockMisses(ReadOnlySpan<int> references, int pages, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ClockTrace clock = new(pages, frames);
        for (int from = 0; from < references.Length; from += Checked)
            clock.Take(Check(references, from, pages));
        return clock.Misses;
    }

    /// <summary>Runs a trace through a memory from which always the page used least recently goes.</summary>
    /// <param name="references">The pages, in the order in which they are referenced, each from 0 to below <paramref name="pages"/>.</param>
    /// <param name="pages">How many pages there are.</param>
    /// <param name="frames">How many of them fit into memory, at least 1.</param>
    /// <returns>How many references found their page absent. O(references); 4 bytes a page and a bit a reference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame, or a reference is to no page.</exception>
    public static long LruMisses(ReadOnlySpan<int> references, int pages, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        LruTrace lru = new(pages, frames, references.Length);
        for (int from = 0; from < references.Length; from += Checked)
            lru.Take(Check(references, from, pages));
        return lru.Misses;
    }

    /// <summary>A cell whose index is known to be one: pages have been checked, frames and places are those that are handed out here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref T Cell<T>(T[] cells, int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(cells), (nint)(uint)index);

    /// <summary>Asks for the cells of all pages of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AskFor(int[] cells, ReadOnlySpan<int> block)
    {
        foreach (int page in block)
            ReadAhead.Line(in Cell(cells, page));
    }

    // The next references, once all of them are known to be to pages: the loops then index without a check by the runtime, which costs them a fifth.
    // So many at a time are still in the cache when they are taken.
    private static ReadOnlySpan<int> Check(ReadOnlySpan<int> references, int from, int pages)
    {
        ReadOnlySpan<int> next = references.Slice(from, Math.Min(Checked, references.Length - from));
        if (next.IndexOfAnyExceptInRange(0, pages - 1) is >= 0 and int at)
            throw new ArgumentOutOfRangeException(nameof(references), next[at], $"Reference {from + at} is to no page: they are numbered from 0 to {pages - 1}.");
        return next;
    }
}
