namespace EsxCourse.Memory.Guest;

// How often a given list of references misses in a memory of so many frames, by clock and by exact LRU: the hot counterpart of
// PageReplacement.cs for whole traces, a few array cells a reference.
//
//   clock  state[page]   1 byte   absent, old, or referenced: a hit writes the one cell that says whether it is one
//          pageIn[frame] 4 bytes  where the hand goes round
//   LRU    last[page]    4 bytes  when the page was referenced last, as a place in the trace
//          oldest                 the place where the page used least recently was referenced last: it only ever moves on
//
// LRU needs no list, because the trace itself is one, in the order of use: a reference that a later one of the same page has overtaken
// counts no more, and a page is in memory exactly if its last reference lies at `oldest` or after it.
//
// The plain version is ClockReplacement or LruReplacement over frames, with a page table before it and a victim for each miss;
// ReplacementTraceTests compares both with that and with a list of pages.

/// <summary>Misses of a whole trace of page references.</summary>
public static class ReplacementTrace
{
    private const byte Absent = 0, Old = 1, Referenced = 2;

    /// <summary>Runs a trace through a memory that the clock manages: frames are filled in order, then the hand looks for a page not referenced since it last came by.</summary>
    /// <param name="references">The pages, in the order in which they are referenced, each from 0 to below <paramref name="pages"/>.</param>
    /// <param name="pages">How many pages there are.</param>
    /// <param name="frames">How many of them fit into memory, at least 1.</param>
    /// <returns>How many references found their page absent. O(references), amortized; 1 byte a page and 4 a frame.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame.</exception>
    /// <exception cref="IndexOutOfRangeException">A reference is to no page.</exception>
    public static long ClockMisses(ReadOnlySpan<int> references, int pages, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        byte[] state = new byte[pages];
        int[] pageIn = new int[frames];
        int used = 0, hand = 0;
        long misses = 0;
        foreach (int page in references)
        {
            byte before = state[page];
            state[page] = Referenced;
            if (before != Absent)
                continue;
            misses++;
            if (used < pageIn.Length)
            {
                pageIn[used++] = page;
                continue;
            }

            // Spared once, and found old the next time: at the latest when the hand has gone round.
            for (; state[pageIn[hand]] == Referenced; hand = hand + 1 == pageIn.Length ? 0 : hand + 1)
                state[pageIn[hand]] = Old;
            state[pageIn[hand]] = Absent;
            pageIn[hand] = page;
            hand = hand + 1 == pageIn.Length ? 0 : hand + 1;
        }

        return misses;
    }

    /// <summary>Runs a trace through a memory from which always the page used least recently goes.</summary>
    /// <param name="references">The pages, in the order in which they are referenced, each from 0 to below <paramref name="pages"/>.</param>
    /// <param name="pages">How many pages there are.</param>
    /// <param name="frames">How many of them fit into memory, at least 1.</param>
    /// <returns>How many references found their page absent. O(references); 4 bytes a page.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame.</exception>
    /// <exception cref="IndexOutOfRangeException">A reference is to no page.</exception>
    public static long LruMisses(ReadOnlySpan<int> references, int pages, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        int[] last = new int[pages];
        Array.Fill(last, -1);
        int used = 0, oldest = 0;
        long misses = 0;
        for (int now = 0; now < references.Length; now++)
        {
            int page = references[now];
            int before = last[page];
            last[page] = now;
            if (before >= oldest)
                continue;
            misses++;
            if (used < frames)
            {
                used++;
                continue;
            }

            // The page whose last reference is the first that still counts goes.
            while (last[references[oldest]] != oldest)
                oldest++;
            oldest++;
        }

        return misses;
    }
}
