using System.Numerics;
using static EsxCourse.Memory.Guest.ReplacementTrace;

namespace EsxCourse.Memory.Guest;

// A trace through exact LRU. It needs no list, because the trace itself is one, in the order of use: a page is in memory exactly if its last
// reference lies at `oldest` or after it, and the next page to go is that of the first reference from there on that still counts.
//
//   last[page]       when the page was referenced last, as a place in the trace from 1 on; 0 for never
//   counts           1 bit a place: whether no later reference of the same page has overtaken it
//   oldest           the place where the page used least recently was referenced last: it only ever moves on
//
// A block at once: `last` does not depend on what goes, so all places are looked up and set first. With k misses `oldest` moves past k places that
// count. That holds unless the block overtakes a place of the window, the next 64 from `oldest`, and unless the window has less than k places that
// count. Then, one block in fifty in a large memory, the block is stepped through, with the places found.

internal sealed class LruTrace
{
    private const int Window = 64, WordShift = 6;

    private readonly int frames;
    private readonly int[] last;
    private readonly ulong[] counts;
    private readonly int[] found = new int[Block];
    private int taken, used, oldest = 1;

    public LruTrace(int pages, int frames, int references)
    {
        this.frames = frames;
        last = new int[pages];
        counts = new ulong[(references >> WordShift) + 3]; // place 0, and a word to look ahead
        Array.Fill(counts, ulong.MaxValue);
    }

    /// <summary>How many of the references taken found their page absent.</summary>
    public long Misses { get; private set; }

    /// <summary>Takes the next references of the trace, each to a page that there is.</summary>
    public void Take(ReadOnlySpan<int> references)
    {
        for (; references.Length >= 2 * Block; references = references[Block..])
        {
            AskFor(last, references.Slice(Block, Block));
            TakeBlock(references[..Block]);
        }

        foreach (int page in references)
            Step(Overtake(last, page, ++taken));
    }

    private void TakeBlock(ReadOnlySpan<int> block)
    {
        // Look all up. Fields that a loop uses are in variables, since the compiler reads them again after every store.
        (int[] last, int[] found, ulong[] counts, int taken, int oldest) = (this.last, this.found, this.counts, this.taken, this.oldest);
        int missed = 0;
        bool near = false;
        for (int i = 0; i < Block; i++)
        {
            int place = Overtake(last, block[i], taken + 1 + i);
            Cell(found, i) = place;
            missed += (place - oldest) >>> 31; // 1 if it lies before
            near |= (uint)(place - oldest) < Window;
        }

        this.taken += Block;

        if (used + missed <= frames)
        {
            used += missed;
        }
        else
        {
            ulong window = WordFrom(oldest);
            if (near || used < frames || BitOperations.PopCount(window) < missed)
            {
                foreach (int place in found)
                    Step(place);
                return;
            }

            // Do all misses.
            for (int passed = 1; passed < missed; passed++)
                window &= window - 1;
            this.oldest = oldest + BitOperations.TrailingZeroCount(window) + 1;
        }

        Misses += missed;
        foreach (int place in found)
            TakeOut(counts, place);
    }

    // Where the page was referenced before, from now on `now`.
    private static int Overtake(int[] last, int page, int now)
    {
        int place = Cell(last, page);
        Cell(last, page) = now;
        return place;
    }

    private void Step(int place)
    {
        TakeOut(counts, place);
        if (place >= oldest)
            return;
        Misses++;
        if (used < frames)
            used++;
        else
            oldest = NextThatCounts() + 1;
    }

    // Place 0 and places before the oldest may be taken out as well: nobody looks at them any more.
    private static void TakeOut(ulong[] counts, int place) => Cell(counts, place >> WordShift) &= ~(1UL << place);

    // Shifts take their count modulo 64.
    private ulong WordFrom(int place)
    {
        int word = place >> WordShift;
        return (Cell(counts, word) >> place) | ((Cell(counts, word + 1) << 1) << ~place);
    }

    private int NextThatCounts()
    {
        int word = oldest >> WordShift;
        ulong rest = counts[word] & (ulong.MaxValue << oldest);
        while (rest == 0)
            rest = counts[++word];
        return (word * Window) + BitOperations.TrailingZeroCount(rest);
    }
}
