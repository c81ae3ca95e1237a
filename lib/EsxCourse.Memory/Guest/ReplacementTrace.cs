using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Guest;

// How often a given list of references misses in a memory of so many frames, by clock and by exact LRU: the hot counterpart of
// PageReplacement.cs for whole traces, a few array cells a reference.
//
//   clock  frameOf[page]      4 bytes  the frame that the page lies in, or Absent
//          pageIn[frame]      4 bytes  where the hand goes round
//          referenced         1 bit a frame: the hand passes a whole word's frames at once, instead of guessing at each whether it is the last
//   LRU    last[page]         4 bytes  when the page was referenced last, as a place in the trace
//          counts             1 bit a reference: whether no later reference of the same page has overtaken it
//          oldest             the place where the page used least recently was referenced last: it only ever moves on
//
// LRU needs no list, because the trace itself is one, in the order of use: a page is in memory exactly if its last reference lies at
// `oldest` or after it, and the next page to go is that of the first reference from there on that still counts.
//
// What a reference will need is known long before it is reached, so the cell is asked for Ahead references before.
//
// The plain version is ClockReplacement or LruReplacement over frames, with a page table before it and a victim for each miss;
// ReplacementTraceTests compares both with that and with a list of pages.

/// <summary>Misses of a whole trace of page references.</summary>
public static class ReplacementTrace
{
    private const int Absent = -1, BitsAWord = 64, WordShift = 6, Ahead = 16;

    /// <summary>Runs a trace through a memory that the clock manages: frames are filled in order, then the hand looks for a page not referenced since it last came by.</summary>
    /// <param name="references">The pages, in the order in which they are referenced, each from 0 to below <paramref name="pages"/>.</param>
    /// <param name="pages">How many pages there are.</param>
    /// <param name="frames">How many of them fit into memory, at least 1.</param>
    /// <returns>How many references found their page absent. O(references), amortized; 4 bytes a page and some more a frame.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame, or a reference is to no page.</exception>
    public static long ClockMisses(ReadOnlySpan<int> references, int pages, int frames)
    {
        Check(references, pages, frames);
        int[] frameOf = new int[pages], pageIn = new int[frames];
        Array.Fill(frameOf, Absent);
        ulong[] referenced = new ulong[Words(frames)];
        Array.Fill(referenced, ulong.MaxValue);

        // First the frames are filled; whatever is referenced by then has its mark.
        int now = 0, used = 0;
        for (; now < references.Length && used < frames; now++)
        {
            ref int frame = ref frameOf[references[now]];
            if (frame != Absent)
                continue;
            frame = used;
            pageIn[used++] = references[now];
        }

        long misses = used;
        for (int hand = 0; now < references.Length; now++)
        {
            AskFor(frameOf, references, now);
            int page = references[now];
            int frame = Cell(frameOf, page);
            if (frame == Absent)
            {
                misses++;
                frame = NextOld(referenced, hand, frames);
                hand = frame + 1 == frames ? 0 : frame + 1;
                ref int pageInFrame = ref Cell(pageIn, frame);
                Cell(frameOf, pageInFrame) = Absent;
                pageInFrame = page;
                Cell(frameOf, page) = frame;
            }

            Cell(referenced, frame >> WordShift) |= 1UL << frame;
        }

        return misses;
    }

    /// <summary>Runs a trace through a memory from which always the page used least recently goes.</summary>
    /// <param name="references">The pages, in the order in which they are referenced, each from 0 to below <paramref name="pages"/>.</param>
    /// <param name="pages">How many pages there are.</param>
    /// <param name="frames">How many of them fit into memory, at least 1.</param>
    /// <returns>How many references found their page absent. O(references); 4 bytes a page and a bit a reference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame, or a reference is to no page.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long LruMisses(ReadOnlySpan<int> references, int pages, int frames)
    {
        Check(references, pages, frames);
        int[] last = new int[pages];
        Array.Fill(last, Absent);
        ulong[] counts = new ulong[Words(references.Length)];
        Array.Fill(counts, ulong.MaxValue);
        int used = 0, oldest = 0;
        long misses = 0;
        for (int now = 0; now < references.Length; now++)
        {
            AskFor(last, references, now);
            int page = references[now];
            int before = Cell(last, page);
            Cell(last, page) = now;
            if (before != Absent)
                counts[before >> WordShift] &= ~(1UL << before);
            if (before >= oldest)
                continue;
            misses++;
            if (used < frames)
                used++;
            else
                oldest = NextSet(counts, oldest) + 1;
        }

        return misses;
    }

    // Once for all, so that the loops index without a check by the runtime, which costs them a fifth.
    private static void Check(ReadOnlySpan<int> references, int pages, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        if (references.IndexOfAnyExceptInRange(0, pages - 1) is >= 0 and int at)
            throw new ArgumentOutOfRangeException(nameof(references), references[at], $"Reference {at} is to no page: they are numbered from 0 to {pages - 1}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskFor(int[] cells, ReadOnlySpan<int> references, int now)
    {
        if (now + Ahead < references.Length)
            ReadAhead.Line(in Cell(cells, Unsafe.Add(ref MemoryMarshal.GetReference(references), now + Ahead)));
    }

    /// <summary>A cell whose index is known to be one: pages have been checked, frames are those that are handed out here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Cell<T>(T[] cells, int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(cells), (nint)(uint)index);

    /// <summary>Moves the hand to the next frame not referenced since it last came by, and takes the mark from those that it passes: at the latest it has gone round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextOld(ulong[] referenced, int hand, int frames)
    {
        // Shifts take their count modulo 64.
        ulong word = Cell(referenced, hand >> WordShift), old = ~word >> hand;
        while (old == 0)
        {
            Cell(referenced, hand >> WordShift) = word & ((1UL << hand) - 1);
            hand = (hand | (BitsAWord - 1)) + 1;
            if (hand >= frames)
            {
                MarkBeyond(referenced, frames);
                hand = 0;
            }

            word = Cell(referenced, hand >> WordShift);
            old = ~word >> hand;
        }

        int passed = BitOperations.TrailingZeroCount(old);
        Cell(referenced, hand >> WordShift) = word & ~(((1UL << passed) - 1) << hand);
        return hand + passed;
    }

    // Bits of the last word that stand for no frame are always marked, so that the hand never stops at them.
    private static void MarkBeyond(ulong[] referenced, int frames)
    {
        if (frames % BitsAWord > 0)
            referenced[^1] |= ulong.MaxValue << frames;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextSet(ulong[] bits, int from)
    {
        int at = from >> WordShift;
        ulong rest = bits[at] & (ulong.MaxValue << from);
        while (rest == 0)
            rest = bits[++at];
        return (at * BitsAWord) + BitOperations.TrailingZeroCount(rest);
    }

    private static int Words(int bits) => (bits + BitsAWord - 1) / BitsAWord;
}
