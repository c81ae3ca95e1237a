using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

// Machine memory (OSDI '02 §2): the frames of the real machine, which only the server sees.
//
//   contents[mpn]    8 bytes  what the frame holds, as a seed (PageContents expands it)
//   use[mpn]         1 byte   free, private (one pmap entry maps it), or shared (the sharing table counts who does, §4.2)
//   free             4 bytes  the free frames, by colour and reach (FreeFrames)
//
// Always: a frame is on the free list exactly if its use is "free". A freed frame is filled with junk, so that whoever still reads
// it shows up at once; Allocate hands it out as it is, and only AllocateZeroed hides one guest's data from the next.
// Left out: NUMA nodes.

/// <summary>The machine's page frames: contents, who uses them, and which are free.</summary>
/// <remarks>OSDI '02 §2, §3.2 (zeroing). 13 bytes a frame; every operation is O(1), but for a colour that is used up.</remarks>
public sealed class MachineMemory
{
    /// <summary>What the simulator keeps for each frame.</summary>
    public const int BytesPerFrame = sizeof(ulong) + sizeof(FrameUse) + sizeof(int);

    /// <summary>The most frames that a machine can have: 2 TiB, as many as a pmap entry can name.</summary>
    internal const long MostFrames = 1L << 29;

    private readonly ulong[] contents;
    private readonly FrameUse[] use;
    private readonly FreeFrames free;

    /// <summary>Makes a machine whose frames are all free and full of junk.</summary>
    /// <param name="frames">How many frames, at least 1.</param>
    /// <param name="colors">How many colours the cache gives them; 1 if colours do not matter.</param>
    /// <param name="lowFrames">Frames below this number are low memory, within reach of DMA devices; none by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frames"/> is below 1 or above 2^29 (2 TiB); <paramref name="colors"/>
    /// is below 1; <paramref name="lowFrames"/> is negative.</exception>
    public MachineMemory(PageCount frames, int colors = 1, PageCount lowFrames = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(colors, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(lowFrames.Value, nameof(lowFrames));
        ArgumentOutOfRangeException.ThrowIfLessThan(frames.Value, 1, nameof(frames));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.Value, MostFrames, nameof(frames));
        int count = (int)frames.Value;
        contents = GC.AllocateUninitializedArray<ulong>(count);
        Array.Fill(contents, ContentSeed.Junk.Value);
        use = new FrameUse[count];
        free = new FreeFrames(count, colors, (int)Math.Min(count, lowFrames.Value));
    }

    private enum FrameUse : byte
    {
        Free,
        Private,
        Shared,
    }

    /// <summary>All frames.</summary>
    public PageCount FrameCount => new(contents.Length);

    /// <summary>Frames that nobody maps.</summary>
    public PageCount Free => new(free.Count);

    /// <summary>How many colours the frames have; 1 if colours do not matter.</summary>
    public int Colors => free.Colors;

    /// <summary>How often a frame of another colour than the wanted one had to serve, or none could.</summary>
    public long ColorMisses => free.ColorMisses;

    /// <summary>Whether a frame is in low memory, within reach of DMA devices.</summary>
    /// <param name="mpn">The frame.</param>
    public bool IsLow(Mpn mpn) => free.IsLow(mpn);

    /// <summary>Free frames of low memory. O(colours).</summary>
    public PageCount FreeLow => new(free.CountOf(FrameZone.Low));

    /// <summary>The number of free frames as a bare number, for the path of every allocation.</summary>
    internal int FreeFrames => free.Count;

    /// <summary>Who counts the references of shared frames; null while nothing is shared.</summary>
    internal ISharedFrames? SharedFrames { get; set; }

    /// <summary>Takes a frame off the free list and zeroes it, so that no guest sees another's data.</summary>
    /// <returns>The frame, with one reference; null when none is free.</returns>
    internal Mpn? AllocateZeroed(FrameWish? wish = null)
    {
        Mpn? frame = Allocate(wish);
        if (frame is { } mpn)
            contents[mpn.Value] = ContentSeed.Zero.Value;
        return frame;
    }

    /// <summary>Takes a frame off the free list as it is: for whoever overwrites all of it.</summary>
    /// <returns>The frame, with one reference; null when none is free.</returns>
    internal Mpn? Allocate(FrameWish? wish = null)
    {
        Mpn? frame = free.Take(wish ?? FrameWish.None);
        if (frame is { } mpn)
            use[mpn.Value] = FrameUse.Private;
        return frame;
    }

    /// <summary>Gives up one reference; the last one frees the frame and fills it with junk.</summary>
    internal void Release(Mpn mpn)
    {
        if (use[mpn.Value] == FrameUse.Free)
            throw new InvalidOperationException($"{mpn} is free and cannot be released.");
        if (use[mpn.Value] == FrameUse.Shared && SharedFrames!.RemoveReference(mpn) > 0)
            return;
        use[mpn.Value] = FrameUse.Free;
        contents[mpn.Value] = ContentSeed.Junk.Value;
        free.Add(mpn);
    }

    /// <summary>From now on the sharing table counts who maps this frame.</summary>
    internal void MarkShared(Mpn mpn) => use[mpn.Value] = FrameUse.Shared;

    /// <summary>The one page that still maps this shared frame keeps it for itself; the sharing table forgets it.</summary>
    internal void MarkPrivate(Mpn mpn)
    {
        if (SharedFrames!.RemoveReference(mpn) > 0)
            throw new InvalidOperationException($"{mpn} is still shared.");
        use[mpn.Value] = FrameUse.Private;
    }

    /// <summary>How many pmap entries map a frame; 0 when it is free.</summary>
    /// <param name="mpn">The frame.</param>
    /// <returns>The count.</returns>
    public int ReferencesOf(Mpn mpn) => use[mpn.Value] == FrameUse.Shared ? SharedFrames!.Count(mpn) : (int)use[mpn.Value];

    /// <summary>What a frame holds.</summary>
    /// <param name="mpn">The frame.</param>
    /// <returns>Its contents; junk when it is free.</returns>
    public ContentSeed ContentsOf(Mpn mpn) => new(contents[mpn.Value]);

    /// <summary>A frame's contents will be asked for soon.</summary>
    internal void ReadAheadContents(Mpn mpn) => ReadAhead.Line(in contents[mpn.Value]);

    /// <summary>A frame will be released soon, or its contents asked for.</summary>
    internal void ReadAheadFrame(Mpn mpn)
    {
        ReadAheadContents(mpn);
        ReadAhead.Line(in use[mpn.Value]);
        free.ReadAhead(mpn);
    }

    internal void Write(Mpn mpn, ContentSeed seed) => contents[mpn.Value] = seed.Value;

    /// <summary>Whether a frame is on the free list. For the invariant check.</summary>
    internal bool IsOnFreeList(Mpn mpn) => free.IsFree(mpn);
}
