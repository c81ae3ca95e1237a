using EsxCourse.Contracts;

namespace EsxCourse.Memory.Virtualization;

// The pmap (OSDI '02 §2): for each "physical" page of a VM, where it really is.
//
//   entries[ppn]  4 bytes   31..29 state | 28..0 MPN (Mapped, Shared), swap slot (Swapped), 0 (else)
//   marks[ppn]    1 byte    what the host notes beside it
//
// Always: counts[s] is the number of entries in state s. Only PageMapper writes entries. 29 bits reach 2 TiB of frames or slots;
// 5 bytes a page keep a guest of 1 GiB in 1.25 MiB.

/// <summary>Notes that the host keeps beside a pmap entry.</summary>
[Flags]
internal enum PageMarks : byte
{
    None = 0,

    /// <summary>Touched since the host's clock hand came by.</summary>
    Accessed = 1,

    /// <summary>In the present sample of the working set, not touched yet: the next touch is trapped.</summary>
    Sampled = 2,

    /// <summary>Being written to the swap file; a touch cancels that.</summary>
    PagingOut = 4,

    /// <summary>Its hash is that of another page with other contents: not to be scanned for sharing again.</summary>
    FalseMatch = 8,
}

internal sealed class Pmap
{
    public const int BytesPerPage = sizeof(uint) + sizeof(byte);
    public const int MaxValue = (1 << 29) - 1;

    private readonly uint[] entries;
    private readonly PageMarks[] marks;
    private readonly long[] counts = new long[5];

    public Pmap(PageCount size)
    {
        entries = new uint[size.Value];
        marks = new PageMarks[size.Value];
        counts[(int)PmapState.Unbacked] = size.Value;
    }

    public int Length => entries.Length;

    public PmapState StateOf(Ppn ppn) => (PmapState)(entries[ppn.Value] >> 29);

    /// <summary>The machine page behind a mapped or shared page.</summary>
    public Mpn MpnOf(Ppn ppn) => new((int)(entries[ppn.Value] & MaxValue));

    /// <summary>The slot of a swapped page.</summary>
    public int SlotOf(Ppn ppn) => (int)(entries[ppn.Value] & MaxValue);

    public long Count(PmapState state) => counts[(int)state];

    public ref PageMarks MarksOf(Ppn ppn) => ref marks[ppn.Value];

    public ReadOnlySpan<uint> Entries => entries;

    /// <summary>For PageMapper alone.</summary>
    public void Set(Ppn ppn, PmapState state, int value)
    {
        counts[entries[ppn.Value] >> 29]--;
        counts[(int)state]++;
        entries[ppn.Value] = (uint)state << 29 | (uint)value;
    }
}
