using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EsxCourse.Memory.Machine;
using static EsxCourse.Memory.Guest.ReplacementTrace;

namespace EsxCourse.Memory.Guest;

// A trace through the clock.
//
//   frameOf[page]    the frame that the page lies in; `frames`, which is none, if it is absent
//   pageIn[frame]    where the hand goes round
//   marks[frame]     all bits set: referenced since the hand last came by
//
// A block at once: the hand will pass frames of its window only, the next 64, and what it takes are unmarked frames of the window in their order.
// That holds unless the block references a page that lies in the window (its mark would have to come before or after the hand, its page would stay or
// go), and unless the window has too few unmarked frames. Then, one block in fifty in a large memory, the block is stepped through. So it is at the end
// of memory, where the frame that is none lies in the window. A page that misses twice in a block is in by the second time.

internal sealed class ClockTrace
{
    private const byte Referenced = 0xFF;

    // A mark is a byte, so that 64 of them are one vector and one word of bits.
    private static readonly int Window = Vector512<byte>.Count;

    private readonly int frames;
    private readonly int[] frameOf, pageIn;
    private readonly byte[] marks;
    private readonly int[] found = new int[Block];
    private int used, hand;

    public ClockTrace(int pages, int frames)
    {
        this.frames = frames;
        frameOf = new int[pages];
        Array.Fill(frameOf, frames);
        pageIn = new int[frames + Window]; // some more, to look ahead of the hand
        marks = new byte[frames + Window];
        Array.Fill(marks, Referenced);
    }

    /// <summary>How many of the references taken found their page absent.</summary>
    public long Misses { get; private set; }

    /// <summary>Takes the next references of the trace, each to a page that there is.</summary>
    public void Take(ReadOnlySpan<int> references)
    {
        ReadOnlySpan<int> rest = references[Fill(references)..];
        while (rest.Length >= 2 * Block)
        {
            ReadOnlySpan<int> block = rest[..Block];
            rest = rest[Block..];
            AskFor(frameOf, rest[..Block]);
            if (!TryAtOnce(block))
                StepThrough(block);
        }

        StepThrough(rest);
    }

    // Until every frame has a page, all marked. A page is written where the next one goes, and stays there if it was absent. Returns how many references it took for that.
    private int Fill(ReadOnlySpan<int> references)
    {
        (int[] frameOf, int[] pageIn, int frames) = (this.frameOf, this.pageIn, this.frames);
        int now = 0, used = this.used;
        for (; now < references.Length && used < frames; now++)
        {
            if (now % Block == 0 && references.Length - now >= 2 * Block)
                AskFor(frameOf, references.Slice(now + Block, Block));
            ref int frame = ref Cell(frameOf, references[now]);
            bool absent = frame == frames;
            Cell(pageIn, used) = references[now];
            frame = absent ? used : frame;
            used += absent ? 1 : 0;
        }

        Misses += used - this.used;
        this.used = used;
        return now;
    }

    private bool TryAtOnce(ReadOnlySpan<int> block)
    {
        // Look all up. Fields that a loop uses are in variables, since the compiler reads them again after every store.
        (int[] frameOf, int[] found, byte[] marks, int hand, int frames) = (this.frameOf, this.found, this.marks, this.hand, this.frames);
        ref int reference = ref MemoryMarshal.GetReference(block);
        uint missing = 0, near = 0;
        for (int i = 0; i < Block; i += Gather.Lanes)
        {
            Vector256<int> frame = Gather.Cells(frameOf, Vector256.LoadUnsafe(ref reference, (nuint)i));
            frame.StoreUnsafe(ref Cell(found, i));
            missing |= Vector256.Equals(frame, Vector256.Create(frames)).ExtractMostSignificantBits() << i;
            near |= Vector256.LessThan((frame - Vector256.Create(hand)).AsUInt32(), Vector256.Create((uint)Window)).ExtractMostSignificantBits();
        }

        Vector512<byte> window = Vector512.LoadUnsafe(ref Cell(marks, hand));
        ulong old = ~window.ExtractMostSignificantBits();
        if (near != 0 || BitOperations.PopCount(old) < BitOperations.PopCount(missing))
            return false;

        // Do all misses.
        if (missing != 0)
            Replace(block, missing, window, old);

        // Mark all hits, and the frame that is none.
        foreach (int frame in found)
            Cell(marks, frame) = Referenced;
        return true;
    }

    // Brings in the missing pages of a block, given as bits. `old` are the unmarked frames of the hand's window.
    private void Replace(ReadOnlySpan<int> block, uint missing, Vector512<byte> window, ulong old)
    {
        (int[] frameOf, int[] pageIn, int hand, int frames) = (this.frameOf, this.pageIn, this.hand, this.frames);
        ref int reference = ref MemoryMarshal.GetReference(block);
        int victim = 0, brought = 0;
        for (; missing != 0; missing &= missing - 1)
        {
            int page = Unsafe.Add(ref reference, BitOperations.TrailingZeroCount(missing));
            ref int frame = ref Cell(frameOf, page);
            if (frame != frames)
                continue;
            brought++;
            victim = BitOperations.TrailingZeroCount(old);
            old &= old - 1;
            frame = hand + victim;
            Cell(frameOf, Cell(pageIn, frame)) = frames;
            Cell(pageIn, frame) = page;
            ReadAhead.Line(in Cell(frameOf, Cell(pageIn, frame + Window))); // whose page will go soon
        }

        // What the hand passes turns over: marked frames lose their mark, the others were given a new page, which is referenced.
        Misses += brought;
        int passed = victim + 1;
        (window ^ Vector512.LessThan(Vector512<byte>.Indices, Vector512.Create((byte)passed))).StoreUnsafe(ref Cell(marks, hand));
        MoveTo(hand + passed);
    }

    private void StepThrough(ReadOnlySpan<int> references)
    {
        foreach (int page in references)
        {
            ref int frame = ref frameOf[page];
            if (frame == frames)
            {
                Misses++;
                for (; marks[hand] == Referenced; MoveTo(hand + 1))
                    marks[hand] = 0;
                frame = hand;
                frameOf[pageIn[frame]] = frames;
                pageIn[frame] = page;
                MoveTo(hand + 1);
            }

            marks[frame] = Referenced;
        }
    }

    private void MoveTo(int next) => hand = next == frames ? 0 : next;
}
