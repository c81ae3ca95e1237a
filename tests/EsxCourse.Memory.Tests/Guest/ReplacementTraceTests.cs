using CsCheck;
using EsxCourse.Memory.Guest;

namespace EsxCourse.Memory.Tests.Guest;

// Whole traces against slow and obvious models, and against the guest's own replacement.
public sealed class ReplacementTraceTests
{
    private static readonly Gen<(int[] References, int Frames)> Traces = Gen.Select(Gen.Int[0, 15].Array[0, 200], Gen.Int[1, 18]);

    [Fact]
    public void Lru_misses_as_often_as_a_list_of_recent_pages() => Traces.Sample(trace =>
    {
        List<int> recent = []; // latest first
        int misses = 0;
        foreach (int page in trace.References)
        {
            misses += recent.Remove(page) ? 0 : 1;
            recent.Insert(0, page);
            if (recent.Count > trace.Frames)
                recent.RemoveAt(trace.Frames);
        }

        Assert.Equal(misses, ReplacementTrace.LruMisses(trace.References, 16, trace.Frames));
    });

    [Fact]
    public void Clock_misses_as_often_as_a_hand_over_a_list_of_pages() => Traces.Sample(trace =>
    {
        List<(int Page, bool Referenced)> frames = [];
        int hand = 0, misses = 0;
        foreach (int page in trace.References)
        {
            int frame = frames.FindIndex(f => f.Page == page);
            if (frame < 0)
            {
                misses++;
                if (frames.Count < trace.Frames)
                {
                    frames.Add((page, true));
                    continue;
                }

                for (; frames[hand].Referenced; hand = (hand + 1) % frames.Count)
                    frames[hand] = (frames[hand].Page, false);
                frame = hand;
                hand = (hand + 1) % frames.Count;
            }

            frames[frame] = (page, true);
        }

        Assert.Equal(misses, ReplacementTrace.ClockMisses(trace.References, 16, trace.Frames));
    });

    [Fact]
    public void A_trace_after_Zipf_over_a_million_pages_misses_as_often_as_in_the_guests_own_replacement()
    {
        const int Pages = 1_000_000, Frames = Pages / 10;
        int[] references = ZipfReferences.Draw(Pages, 1_500_000, seed: 1);
        Assert.Equal(Misses(references, Pages, Frames, new ClockReplacement(Frames)), ReplacementTrace.ClockMisses(references, Pages, Frames));
        Assert.Equal(Misses(references, Pages, Frames, new LruReplacement(Frames)), ReplacementTrace.LruMisses(references, Pages, Frames));
    }

    [Fact]
    public void A_memory_without_frames_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplacementTrace.ClockMisses([0], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplacementTrace.LruMisses([0], 1, 0));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 39_999)]
    [InlineData(-1, 0)]
    [InlineData(-1, 39_999)]
    public void A_reference_to_no_page_is_refused_wherever_it_stands(int page, int at)
    {
        int[] references = new int[40_000];
        references[at] = page;
        Assert.Contains($"Reference {at} ", Assert.Throws<ArgumentOutOfRangeException>(() => ReplacementTrace.ClockMisses(references, 2, 1)).Message, StringComparison.Ordinal);
        Assert.Contains($"Reference {at} ", Assert.Throws<ArgumentOutOfRangeException>(() => ReplacementTrace.LruMisses(references, 2, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void Frames_that_do_and_do_not_fill_their_last_word(int frames)
    {
        int[] references = ZipfReferences.Draw(1000, 20_000, seed: 2);
        Assert.Equal(Misses(references, 1000, frames, new ClockReplacement(frames)), ReplacementTrace.ClockMisses(references, 1000, frames));
        Assert.Equal(Misses(references, 1000, frames, new LruReplacement(frames)), ReplacementTrace.LruMisses(references, 1000, frames));
    }

    // Blocks at once and blocks stepped through, in turn: memories a little larger than the hand's window, and pages that come again soon.
    [Fact]
    public void Blocks_of_references_miss_as_often_as_one_after_the_other() => Gen.Select(Gen.Int[1, 800], Gen.Int[1, 2000], Gen.Int[0, 3000], Gen.ULong).Sample(
        (frames, pages, count, seed) =>
        {
            int[] references = ZipfReferences.Draw(pages, count, seed);
            for (int i = 0; i + 40 < count; i += 97)
                references.AsSpan(i, 20).CopyTo(references.AsSpan(i + 20)); // misses twice within a block, or where one ends
            Assert.Equal(Misses(references, pages, frames, new ClockReplacement(frames)), ReplacementTrace.ClockMisses(references, pages, frames));
            Assert.Equal(Misses(references, pages, frames, new LruReplacement(frames)), ReplacementTrace.LruMisses(references, pages, frames));
        },
        iter: 300);

    // The plain version: a page table, and a victim for each miss.
    private static long Misses(int[] references, int pages, int frames, IPageReplacement replacement)
    {
        int[] table = new int[pages], pageIn = new int[frames];
        Array.Fill(table, -1);
        int used = 0;
        long misses = 0;
        foreach (int page in references)
        {
            int frame = table[page];
            if (frame >= 0)
            {
                replacement.Touch(frame);
                continue;
            }

            misses++;
            if (used < frames)
            {
                frame = used++;
            }
            else
            {
                frame = replacement.Victim(_ => true);
                table[pageIn[frame]] = -1;
            }

            (pageIn[frame], table[page]) = (page, frame);
            replacement.Add(frame);
        }

        return misses;
    }
}
