using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

// Machine memory (OSDI '02 §2): the frames of the real machine, which only the server sees.
//
//   contents[mpn]    8 bytes  what the frame holds, as a seed (PageContents expands it)
//   references[mpn]  2 bytes  how many pmap entries map it: 0 free, 1 private, more when shared (a count of 65,535 overflows, §4)
//   freeList         4 bytes  a stack of free frames; the top is handed out next
//
// Always: a frame is on the free list exactly if its count is 0. A freed frame is filled with junk, so that whoever still reads
// it shows up at once; Allocate hands it out as it is, and only AllocateZeroed hides one guest's data from the next.
// Left out: NUMA nodes. Frame colours will choose among several free lists.

/// <summary>The machine's page frames: contents, reference counts and the free list.</summary>
/// <remarks>OSDI '02 §2, §3.2 (zeroing). 14 bytes a frame; every operation is O(1).</remarks>
public sealed class MachineMemory
{
    /// <summary>What the simulator keeps for each frame.</summary>
    public const int BytesPerFrame = sizeof(ulong) + sizeof(ushort) + sizeof(int);

    private readonly ulong[] contents;
    private readonly ushort[] references;
    private readonly int[] freeList;
    private int freeCount;

    /// <summary>Makes a machine whose frames are all free and full of junk.</summary>
    /// <param name="frames">How many frames, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frames"/> is below 1 or above 2^29 (2 TiB).</exception>
    public MachineMemory(PageCount frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames.Value, 1, nameof(frames));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames.Value, 1 << 29, nameof(frames));
        int count = (int)frames.Value;
        contents = GC.AllocateUninitializedArray<ulong>(count);
        Array.Fill(contents, ContentSeed.Junk.Value);
        references = new ushort[count];
        freeList = new int[count];
        for (int i = 0; i < count; i++)
            freeList[i] = count - 1 - i; // The lowest frame is on top.
        freeCount = count;
    }

    /// <summary>All frames.</summary>
    public PageCount FrameCount => new(contents.Length);

    /// <summary>Frames that nobody maps.</summary>
    public PageCount Free => new(freeCount);

    /// <summary>The number of free frames as a bare number, for the path of every allocation.</summary>
    internal int FreeFrames => freeCount;

    /// <summary>Takes a frame off the free list and zeroes it, so that no guest sees another's data.</summary>
    /// <returns>The frame, with one reference; null when none is free.</returns>
    internal Mpn? AllocateZeroed()
    {
        Mpn? frame = Allocate();
        if (frame is { } mpn)
            contents[mpn.Value] = ContentSeed.Zero.Value;
        return frame;
    }

    /// <summary>Takes a frame off the free list as it is: for whoever overwrites all of it.</summary>
    /// <returns>The frame, with one reference; null when none is free.</returns>
    internal Mpn? Allocate()
    {
        if (freeCount == 0)
            return null;
        int mpn = freeList[--freeCount];
        references[mpn] = 1;
        return new Mpn(mpn);
    }

    /// <summary>Gives up one reference; the last one frees the frame and fills it with junk.</summary>
    internal void Release(Mpn mpn)
    {
        if (references[mpn.Value] == 0)
            throw new InvalidOperationException($"{mpn} is free and cannot be released.");
        if (--references[mpn.Value] > 0)
            return;
        contents[mpn.Value] = ContentSeed.Junk.Value;
        freeList[freeCount++] = mpn.Value;
    }

    /// <summary>How many pmap entries map a frame; 0 when it is free.</summary>
    /// <param name="mpn">The frame.</param>
    /// <returns>The count.</returns>
    public int ReferencesOf(Mpn mpn) => references[mpn.Value];

    /// <summary>What a frame holds.</summary>
    /// <param name="mpn">The frame.</param>
    /// <returns>Its contents; junk when it is free.</returns>
    public ContentSeed ContentsOf(Mpn mpn) => new(contents[mpn.Value]);

    internal void Write(Mpn mpn, ContentSeed seed) => contents[mpn.Value] = seed.Value;

    internal ReadOnlySpan<ushort> References => references;

    internal ReadOnlySpan<int> FreeList => freeList.AsSpan(0, freeCount);
}
