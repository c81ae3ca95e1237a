using System.Runtime.InteropServices;

namespace EsxCourse.Memory.Sharing;

// One record of the sharing table: 16 bytes for a machine page of 4,096, 0.39 % (OSDI '02 §4.2: "less than 0.5 %").
//
//                 64 bits                                16 bits       48 bits
//   shared frame  hash of the contents                   count         MPN (24) | link (24)
//   hint frame    truncated hash (32) | VM (12) PPN (20) 0xFFFF        MPN (24) | link (24)         Packed, the paper's
//
//   shared frame  hash of the contents                   count         unused (16) | link (32)
//   hint frame    truncated hash (32) | PPN (32)         0xFFFF        VM (16)     | link (32)      Wide
//
// 24 bits of MPN reach 2^24 pages, 64 GiB: the limit of PAE, and of the paper's machines. The frame of MPN m is the m-th of the
// table's array, so a frame need not say its MPN; Wide gives that field up and reaches 2^31 pages, 8 TiB (the array's limit),
// 65,536 VMs and guests of any size. Packed reaches 4,096 VMs of at most 4 GiB.
//
// Always: count 0 is "no frame here"; the last frame of a chain links to itself, which costs no value of the 24 bits.
// The paper gives the fields but not their places; course choice: as drawn.

/// <summary>How the 48 bits behind a frame's count are used.</summary>
public enum ShareFrameLayout
{
    /// <summary>The paper's: 24 bits of MPN, 24 bits of link. Reaches 64 GiB of machine memory and 4,096 VMs of 4 GiB.</summary>
    Packed,

    /// <summary>The MPN is the frame's place in the table, the link has 32 bits. Reaches 8 TiB and 65,536 VMs.</summary>
    Wide,
}

/// <summary>A record of the sharing table: 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ShareFrame
{
    /// <summary>The count field of a hint.</summary>
    public const int HintMark = 0xFFFF;

    /// <summary>The largest count that fits the field; more go to the overflow table.</summary>
    public const int MaxCount = 0xFFFE;

    private const int FieldBits = 24;
    private const ulong FieldMask = (1UL << FieldBits) - 1;

    private ulong key;
    private ulong rest;

    /// <summary>The 16 bits of the count: 0 for no frame, <see cref="HintMark"/> for a hint.</summary>
    public int Count
    {
        readonly get => (int)(rest & 0xFFFF);
        set => rest = (rest & ~0xFFFFUL) | (uint)value;
    }

    public readonly bool IsEmpty => Count == 0;

    public readonly bool IsHint => Count == HintMark;

    public readonly bool IsShared => Count is > 0 and <= MaxCount;

    /// <summary>A shared frame's hash.</summary>
    public readonly ulong Hash => key;

    /// <summary>The upper half of the hash, which both kinds of frame hold at the same place: it chooses the bucket.</summary>
    public readonly uint TruncatedHash => (uint)(key >> 32);

    public static ShareFrame Hint(ShareFrameLayout layout, ulong hash, int mpn, int vm, int ppn)
    {
        ulong truncated = hash & 0xFFFF_FFFF_0000_0000UL;
        return layout == ShareFrameLayout.Packed
            ? new ShareFrame { key = truncated | ((ulong)(uint)vm << 20) | (uint)ppn, rest = HintMark | ((ulong)(uint)mpn << 16) }
            : new ShareFrame { key = truncated | (uint)ppn, rest = HintMark | ((ulong)(uint)vm << 16) };
    }

    public static ShareFrame Shared(ShareFrameLayout layout, ulong hash, int mpn) =>
        new() { key = hash, rest = 1 | (layout == ShareFrameLayout.Packed ? (ulong)(uint)mpn << 16 : 0) };

    public readonly int HintPpn(ShareFrameLayout layout) => layout == ShareFrameLayout.Packed ? (int)(key & 0xFFFFF) : (int)(uint)key;

    public readonly int HintVm(ShareFrameLayout layout) =>
        layout == ShareFrameLayout.Packed ? (int)((key >> 20) & 0xFFF) : (int)((rest >> 16) & 0xFFFF);

    /// <summary>The MPN as the frame has it written down; only <see cref="ShareFrameLayout.Packed"/> has.</summary>
    public readonly int PackedMpn => (int)((rest >> 16) & FieldMask);

    /// <summary>The next frame of the chain; the frame's own index at the end.</summary>
    public readonly int Link(ShareFrameLayout layout) => layout == ShareFrameLayout.Packed ? (int)(rest >> 40) : (int)(rest >> 32);

    public void SetLink(ShareFrameLayout layout, int index) =>
        rest = layout == ShareFrameLayout.Packed
            ? (rest & ~(FieldMask << 40)) | ((ulong)(uint)index << 40)
            : (rest & 0xFFFF_FFFFUL) | ((ulong)(uint)index << 32);
}
