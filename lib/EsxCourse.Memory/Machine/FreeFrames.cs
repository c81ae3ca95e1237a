using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

// The free machine pages, sorted so that one can be asked for by what it is good for:
//
//             colour 0   colour 1   colour 2 ...      (which sets of the cache it falls into: MPN mod colours)
//   high        stack      stack      stack
//   low         stack      stack      stack           (within reach of DMA devices: MPN below a limit)
//
// Whoever does not care gets high memory while there is any, because low memory is scarce (OSDI '02 §7). When the wanted colour is
// used up, the next one serves: distinct colours go to distinct colours "when possible" (OSDI '02 §3.2).
// A machine without colours and without a limit has one stack, and the lowest page is on top.
//
// A stack is linked through one int a page, so that a million free pages need no objects.
// Always: a free page is on the stack of its own colour and zone, once; a page in use is on none.

/// <summary>Which machine pages a page may come from.</summary>
internal enum FrameZone
{
    /// <summary>Any, high memory first.</summary>
    Any,

    /// <summary>Low memory only: within reach of DMA devices.</summary>
    Low,

    /// <summary>High memory only.</summary>
    High,
}

/// <summary>What a machine page is wanted for.</summary>
/// <param name="Color">The wanted colour; -1 if all are the same.</param>
/// <param name="FirstColor">The first colour of the run that may serve instead.</param>
/// <param name="ColorCount">How many colours that run has; 0 for all.</param>
/// <param name="Zone">Which part of memory.</param>
internal readonly record struct FrameWish(int Color, int FirstColor = 0, int ColorCount = 0, FrameZone Zone = FrameZone.Any)
{
    /// <summary>Any page will do.</summary>
    public static FrameWish None => new(-1);
}

internal sealed class FreeFrames
{
    private const int End = -1, InUse = -2;

    private readonly int[] next;
    private readonly int[] top;
    private readonly int[] counts;
    private readonly int colors;
    private readonly int lowFrames;
    private int hand = -1;

    /// <summary>All pages are free at first.</summary>
    /// <param name="frames">How many pages.</param>
    /// <param name="colors">How many colours; 1 for none.</param>
    /// <param name="lowFrames">Pages below this number are low memory; 0 for none.</param>
    public FreeFrames(int frames, int colors, int lowFrames)
    {
        this.colors = colors;
        this.lowFrames = lowFrames;
        next = GC.AllocateUninitializedArray<int>(frames);
        Array.Fill(next, InUse);
        top = new int[2 * colors];
        Array.Fill(top, End);
        counts = new int[2 * colors];
        for (int mpn = frames - 1; mpn >= 0; mpn--)
            Add(new Mpn(mpn));
    }

    public int Colors => colors;

    public int Count { get; private set; }

    /// <summary>How often a page of another colour had to serve, or none could.</summary>
    public long ColorMisses { get; private set; }

    public bool IsLow(Mpn mpn) => mpn.Value < lowFrames;

    public int CountOf(FrameZone zone)
    {
        int low = 0;
        foreach (int count in counts.AsSpan(colors))
            low += count;
        return zone switch { FrameZone.Any => Count, FrameZone.Low => low, _ => Count - low };
    }

    public bool IsFree(Mpn mpn) => next[mpn.Value] != InUse;

    /// <summary>A page will be added soon.</summary>
    public void ReadAhead(Mpn mpn) => Machine.ReadAhead.Line(in next[mpn.Value]);

    public void Add(Mpn mpn)
    {
        if (IsFree(mpn))
            throw new InvalidOperationException($"{mpn} is free already.");
        int stack = (IsLow(mpn) ? colors : 0) + mpn.Value % colors;
        next[mpn.Value] = top[stack];
        top[stack] = mpn.Value;
        counts[stack]++;
        Count++;
    }

    /// <summary>Takes a page; null when none that may serve is free. O(1) if there is one of the wanted colour, else O(colours).</summary>
    public Mpn? Take(in FrameWish wish)
    {
        // Whoever wants no colour takes one after another, so that no colour is used up by accident.
        int start = wish.Color >= 0 ? wish.Color : hand = hand + 1 == colors ? 0 : hand + 1;
        if (wish.Zone != FrameZone.Low && TakeColor(0, start, wish) is { } high)
            return high;
        if (wish.Zone != FrameZone.High && TakeColor(colors, start, wish) is { } low)
            return low;
        ColorMisses += wish.ColorCount > 0 && Count > 0 ? 1 : 0;
        return null;
    }

    private Mpn? TakeColor(int zone, int start, in FrameWish wish)
    {
        for (int step = 0; step < colors; step++)
        {
            int color = start + step < colors ? start + step : start + step - colors;
            if (top[zone + color] == End || (wish.ColorCount > 0 && (uint)(color - wish.FirstColor) >= (uint)wish.ColorCount))
                continue;
            ColorMisses += wish.Color >= 0 && step > 0 ? 1 : 0;
            return Pop(zone + color);
        }

        return null;
    }

    private Mpn Pop(int stack)
    {
        int mpn = top[stack];
        top[stack] = next[mpn];
        next[mpn] = InUse;
        counts[stack]--;
        Count--;
        return new Mpn(mpn);
    }
}
