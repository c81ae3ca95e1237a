using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

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

    /// <summary>Somebody waits for the next touch.</summary>
    TouchMatters = Sampled | PagingOut,
}

internal sealed class Pmap
{
    public const int BytesPerPage = sizeof(uint) + sizeof(byte);
    public const int MaxValue = (1 << 29) - 1;

    private const int StateShift = 29;

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

    public PmapState StateOf(Ppn ppn) => StateIn(entries[ppn.Value]);

    /// <summary>The state that an entry names.</summary>
    public static PmapState StateIn(uint entry) => (PmapState)(entry >> StateShift);

    /// <summary>The machine page behind a mapped or shared page.</summary>
    public Mpn MpnOf(Ppn ppn) => new((int)(entries[ppn.Value] & MaxValue));

    /// <summary>The slot of a swapped page.</summary>
    public int SlotOf(Ppn ppn) => (int)(entries[ppn.Value] & MaxValue);

    public long Count(PmapState state) => counts[(int)state];

    public ref PageMarks MarksOf(Ppn ppn) => ref marks[ppn.Value];

    /// <summary>An entry and its marks will be asked for soon.</summary>
    public void ReadAheadEntry(Ppn ppn)
    {
        ReadAhead.Line(in entries[ppn.Value]);
        ReadAhead.Line(in marks[ppn.Value]);
    }

    public ReadOnlySpan<uint> Entries => entries;

    /// <summary>Copies the state of every page, 32 of them a step: the plain version is StateOf for each page, and PmapTests compares the two.</summary>
    public void CopyStates(Span<PmapState> states)
    {
        ReadOnlySpan<uint> from = entries;
        Span<byte> to = MemoryMarshal.AsBytes(states);
        while (from.Length >= Vector256<byte>.Count)
        {
            Vector256<ushort> low = Vector256.Narrow(States(from), States(from[8..])), high = Vector256.Narrow(States(from[16..]), States(from[24..]));
            Vector256.Narrow(low, high).CopyTo(to);
            from = from[Vector256<byte>.Count..];
            to = to[Vector256<byte>.Count..];
        }

        for (int i = 0; i < from.Length; i++)
            to[i] = (byte)StateIn(from[i]);

        static Vector256<uint> States(ReadOnlySpan<uint> eight) => Vector256.Create(eight) >> StateShift;
    }

    /// <summary>How many of these pages, from the first one on, can be read without anybody having to act: they have a machine page, and nobody waits for them.</summary>
    public int CountReadable(ReadOnlySpan<int> ppns)
    {
        for (int i = 0; i < ppns.Length; i++)
        {
            int ppn = ppns[i];
            if (StateIn(entries[ppn]) is not (PmapState.Mapped or PmapState.Shared) || (marks[ppn] & PageMarks.TouchMatters) != 0)
                return i;
        }

        return ppns.Length;
    }

    /// <summary>These pages were touched.</summary>
    public void NoteAccesses(ReadOnlySpan<int> ppns)
    {
        foreach (int ppn in ppns)
            marks[ppn] |= PageMarks.Accessed;
    }

    /// <summary>For PageMapper alone.</summary>
    public void Set(Ppn ppn, PmapState state, int value)
    {
        counts[entries[ppn.Value] >> StateShift]--;
        counts[(int)state]++;
        entries[ppn.Value] = (uint)state << StateShift | (uint)value;
    }
}
