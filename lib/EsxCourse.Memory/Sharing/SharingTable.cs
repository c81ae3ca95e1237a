using System.Numerics;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Sharing;

// The one global hash table of content-based sharing (OSDI '02 §4.2, figure 3): which contents are known, where they lie, and
// by how many pages they are used. It knows hashes, page numbers and counts; contents and mappings are other rooms' business.
//
//   bucket (upper bits of the hash) --> frame --> frame --> itself
//                                       shared: hash, count        the contents of this MPN are write-protected
//                                       hint:   32 bits of hash, VM, PPN   the contents were such when they were scanned
//
// The array of frames is indexed by MPN: a machine page has at most one frame, and it is found without a search when its page is
// released. So the table can never grow, nor hold a second, older hint for the same page.
//
// Always: every frame that is not empty is on the chain of its own bucket, once; a shared frame's count is 1 or more; at most one
// shared frame has a given hash (a second page with equal hash and other contents is a false match and is never entered).
// Counts above 65,534 continue in the overflow table, which is empty for nearly every host: the zero page is the usual one in it.
//
// Cost: expected O(1) for each operation; 16 bytes a machine page for frames and at most 4 for buckets, 0.49 % in all.

/// <summary>Known contents of machine pages: shared frames with counts, and hints.</summary>
/// <remarks>OSDI '02 §4.2. Packed up to 64 GiB, wide above: see <see cref="ShareFrameLayout"/>.</remarks>
public sealed class SharingTable : ISharedFrames
{
    /// <summary>The paper's reach: 2^24 pages of machine memory, 64 GiB.</summary>
    public const int PackedReachPages = 1 << 24;

    /// <summary>The largest count in a frame itself.</summary>
    public const int LargestCountInFrame = ShareFrame.MaxCount;

    private const int None = -1;

    private ShareFrameLayout layout;
    private readonly ShareFrame[] frames;
    private readonly int[] buckets;
    private readonly int bucketShift;
    private readonly int largestCount;
    private readonly Dictionary<int, int> overflow = [];

    // Shared frames with a count of 1: nobody shares them any more.
    private int singles;

    /// <summary>Makes an empty table.</summary>
    /// <param name="machinePages">The machine's size; MPNs run from 0 to below it.</param>
    /// <param name="layout">The frames' layout; packed where it reaches if not given.</param>
    /// <param name="largestCountInFrame">The count at which the overflow table takes over; lower it to see that happen.</param>
    /// <exception cref="ArgumentOutOfRangeException">No pages, or more than the layout reaches; a count that does not fit a frame.</exception>
    public SharingTable(PageCount machinePages, ShareFrameLayout? layout = null, int largestCountInFrame = LargestCountInFrame)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largestCountInFrame, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largestCountInFrame, LargestCountInFrame);
        largestCount = largestCountInFrame;
        ArgumentOutOfRangeException.ThrowIfLessThan(machinePages.Value, 1, nameof(machinePages));
        this.layout = layout ?? (machinePages.Value <= PackedReachPages ? ShareFrameLayout.Packed : ShareFrameLayout.Wide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            machinePages.Value, this.layout == ShareFrameLayout.Packed ? PackedReachPages : Array.MaxLength, nameof(machinePages));
        frames = new ShareFrame[machinePages.Value];
        // The largest power of two that is no larger than the machine: one to two frames a bucket when all pages have one.
        int bucketBits = BitOperations.Log2((uint)machinePages.Value);
        buckets = new int[1 << bucketBits];
        Array.Fill(buckets, None);
        bucketShift = 32 - bucketBits;
    }

    /// <summary>The frames' layout.</summary>
    public ShareFrameLayout Layout => layout;

    /// <summary>How many hints there are, valid or stale.</summary>
    public int HintCount { get; private set; }

    /// <summary>How many machine pages are shared frames, those with a count of 1 included.</summary>
    public int SharedCount { get; private set; }

    /// <summary>The sum of all counts: how many guest pages use a shared frame.</summary>
    public long ReferenceCount { get; private set; }

    /// <summary>How many guest pages share a frame with at least one other.</summary>
    public long SharingPages => ReferenceCount - singles;

    /// <summary>How many machine pages sharing saves: references less frames.</summary>
    public long SavedPages => ReferenceCount - SharedCount;

    /// <summary>How many frames have a count above <see cref="LargestCountInFrame"/> now.</summary>
    public int OverflowCount => overflow.Count;

    /// <summary>How often a count went up or down in the overflow table.</summary>
    public long OverflowSteps { get; private set; }

    /// <summary>The table's size: frames and buckets.</summary>
    public long Bytes => 16L * frames.Length + 4L * buckets.Length;

    /// <summary>The largest PPN that a hint of this layout can name.</summary>
    public int LargestPpn => layout == ShareFrameLayout.Packed ? (1 << 20) - 1 : int.MaxValue;

    /// <summary>The largest VM number that a hint of this layout can name.</summary>
    public int LargestVm => layout == ShareFrameLayout.Packed ? (1 << 12) - 1 : ushort.MaxValue;

    /// <summary>The first frame whose hash matches: in full for a shared frame, in its upper half for a hint.</summary>
    /// <param name="hash">The hash of a page.</param>
    /// <returns>The page of that frame, or null.</returns>
    public Mpn? FirstMatch(ulong hash) => MatchFrom(buckets[Bucket((uint)(hash >> 32))], hash);

    /// <summary>The next frame on the chain that matches.</summary>
    /// <param name="after">A match found before; must still have its frame.</param>
    /// <param name="hash">The same hash.</param>
    /// <returns>The page of that frame, or null.</returns>
    public Mpn? NextMatch(Mpn after, ulong hash) => MatchFrom(Next(after.Value), hash);

    /// <summary>A page's frame will be wanted soon.</summary>
    internal void ReadAheadFrame(Mpn mpn) => ReadAhead.Line(in frames[mpn.Value]);

    /// <summary>A hash will be looked up soon: first its bucket.</summary>
    internal void ReadAheadBucket(ulong hash) => ReadAhead.Line(in buckets[Bucket((uint)(hash >> 32))]);

    /// <summary>Then the first frame on its chain.</summary>
    /// <returns>The page of that frame, whether it matches or not; null if the chain is empty.</returns>
    internal Mpn? ReadAheadMatch(ulong hash)
    {
        int head = buckets[Bucket((uint)(hash >> 32))];
        if (head == None)
            return null;
        ReadAhead.Line(in frames[head]);
        return new Mpn(head);
    }

    /// <summary>Whether a page has no frame.</summary>
    /// <param name="mpn">The machine page.</param>
    public bool IsUnknown(Mpn mpn) => frames[mpn.Value].IsEmpty;

    /// <summary>Whether a page has a hint.</summary>
    /// <param name="mpn">The machine page.</param>
    public bool IsHint(Mpn mpn) => frames[mpn.Value].IsHint;

    /// <summary>Whether a page is a shared frame.</summary>
    /// <param name="mpn">The machine page.</param>
    public bool IsShared(Mpn mpn) => frames[mpn.Value].IsShared;

    /// <summary>Whose page a hint is about.</summary>
    /// <param name="mpn">A machine page with a hint.</param>
    /// <returns>The VM and its page as they were when the hint was made.</returns>
    /// <exception cref="InvalidOperationException">The page has no hint.</exception>
    public (VmId Vm, Ppn Ppn) HintOwner(Mpn mpn)
    {
        ref ShareFrame frame = ref frames[mpn.Value];
        Require(frame.IsHint, mpn, "has no hint");
        return (new VmId(frame.HintVm(layout)), new Ppn(frame.HintPpn(layout)));
    }

    /// <summary>Whether the upper half of a hash is the one that a hint holds.</summary>
    /// <param name="mpn">A machine page with a hint.</param>
    /// <param name="hash">The page's hash as it is now.</param>
    /// <returns>False: the page was written since, the hint is stale.</returns>
    public bool HintHolds(Mpn mpn, ulong hash) => frames[mpn.Value].TruncatedHash == (uint)(hash >> 32);

    /// <summary>The hash of a shared frame.</summary>
    /// <param name="mpn">A shared machine page.</param>
    public ulong SharedHash(Mpn mpn)
    {
        Require(frames[mpn.Value].IsShared, mpn, "is not shared");
        return frames[mpn.Value].Hash;
    }

    /// <summary>How many guest pages use a page as a shared frame, the overflow table included.</summary>
    /// <param name="mpn">The machine page.</param>
    /// <returns>The count, from 1; 0 if it is no shared frame.</returns>
    public int Count(Mpn mpn)
    {
        ref ShareFrame frame = ref frames[mpn.Value];
        return !frame.IsShared ? 0 : frame.Count + (frame.Count == largestCount ? overflow.GetValueOrDefault(mpn.Value) : 0);
    }

    /// <summary>Remembers what a private page held when it was scanned. An older hint for the same page is forgotten.</summary>
    /// <param name="hash">The hash of its contents.</param>
    /// <param name="mpn">The machine page.</param>
    /// <param name="vm">The VM that has it.</param>
    /// <param name="ppn">Which of its pages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The VM or PPN does not fit the layout.</exception>
    /// <exception cref="InvalidOperationException">The page is shared.</exception>
    public void AddHint(ulong hash, Mpn mpn, VmId vm, Ppn ppn)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vm.Value, LargestVm, nameof(vm));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ppn.Value, LargestPpn, nameof(ppn));
        DropHint(mpn);
        Require(frames[mpn.Value].IsEmpty, mpn, "is shared");
        frames[mpn.Value] = ShareFrame.Hint(layout, hash, mpn.Value, vm.Value, ppn.Value);
        Chain(mpn.Value);
        HintCount++;
    }

    /// <summary>Forgets a page's hint, if it has one.</summary>
    /// <param name="mpn">The machine page.</param>
    /// <returns>Whether there was one.</returns>
    public bool DropHint(Mpn mpn)
    {
        if (!frames[mpn.Value].IsHint)
            return false;
        Unchain(mpn.Value);
        HintCount--;
        return true;
    }

    /// <summary>Makes a private page a shared frame with one user; a hint for it becomes that frame.</summary>
    /// <param name="hash">The hash of its contents, which must not change from now on.</param>
    /// <param name="mpn">The machine page.</param>
    /// <exception cref="InvalidOperationException">The page is shared already.</exception>
    public void AddShared(ulong hash, Mpn mpn)
    {
        DropHint(mpn);
        Require(frames[mpn.Value].IsEmpty, mpn, "is shared already");
        frames[mpn.Value] = ShareFrame.Shared(layout, hash, mpn.Value);
        Chain(mpn.Value);
        SharedCount++;
        ReferenceCount++;
        singles++;
    }

    /// <summary>One more guest page uses a shared frame.</summary>
    /// <param name="mpn">The shared machine page.</param>
    /// <exception cref="InvalidOperationException">The page is not shared.</exception>
    public void AddReference(Mpn mpn)
    {
        ref ShareFrame frame = ref frames[mpn.Value];
        Require(frame.IsShared, mpn, "is not shared");
        ReferenceCount++;
        singles -= Count(mpn) == 1 ? 1 : 0;
        if (frame.Count < largestCount)
        {
            frame.Count++;
            return;
        }

        overflow[mpn.Value] = overflow.GetValueOrDefault(mpn.Value) + 1;
        OverflowSteps++;
    }

    /// <summary>One guest page less uses a shared frame; with the last one the frame is forgotten.</summary>
    /// <param name="mpn">The shared machine page.</param>
    /// <returns>How many still use it; at 0 the machine page has no frame any more.</returns>
    /// <exception cref="InvalidOperationException">The page is not shared.</exception>
    public int RemoveReference(Mpn mpn)
    {
        ref ShareFrame frame = ref frames[mpn.Value];
        Require(frame.IsShared, mpn, "is not shared");
        ReferenceCount--;
        if (frame.Count == largestCount && overflow.TryGetValue(mpn.Value, out int above))
        {
            OverflowSteps++;
            if (above == 1)
                overflow.Remove(mpn.Value);
            else
                overflow[mpn.Value] = above - 1;
            int left = Count(mpn);
            singles += left == 1 ? 1 : 0;
            return left;
        }

        if (frame.Count > 1)
        {
            singles += --frame.Count == 1 ? 1 : 0;
            return frame.Count;
        }

        Unchain(mpn.Value);
        SharedCount--;
        singles--;
        return 0;
    }

    /// <summary>Changes to the wide layout, for a VM that the packed one cannot name. Frames and chains stay as they are. O(pages).</summary>
    public void Widen()
    {
        if (layout == ShareFrameLayout.Wide)
            return;
        for (int i = 0; i < frames.Length; i++)
        {
            ShareFrame packed = frames[i];
            if (packed.IsEmpty)
                continue;
            ShareFrame wide = packed.IsHint
                ? ShareFrame.Hint(ShareFrameLayout.Wide, packed.Hash, i, packed.HintVm(layout), packed.HintPpn(layout))
                : ShareFrame.Shared(ShareFrameLayout.Wide, packed.Hash, i);
            wide.Count = packed.Count;
            wide.SetLink(ShareFrameLayout.Wide, packed.Link(layout));
            frames[i] = wide;
        }

        layout = ShareFrameLayout.Wide;
    }

    /// <summary>Walks the chains and checks what must always hold.</summary>
    /// <param name="every">Which chains: those of every so many buckets, from 1 (all). Frames are counted in any case.</param>
    /// <exception cref="InvalidOperationException">It does not; the message says where.</exception>
    /// <remarks>Cost O(pages).</remarks>
    public void CheckInvariants(int every = 1)
    {
        int hints = 0, shared = 0, chained = 0, alone = 0;
        long references = 0;
        for (int bucket = 0; bucket < buckets.Length; bucket += every)
        {
            int steps = 0;
            for (int i = buckets[bucket]; i != None; i = Next(i))
            {
                Require(!frames[i].IsEmpty && Bucket(frames[i].TruncatedHash) == bucket, new Mpn(i), "is on a chain that is not its own");
                Require(++steps <= frames.Length, new Mpn(i), "is on a chain without end");
                Require(layout == ShareFrameLayout.Wide || frames[i].PackedMpn == i, new Mpn(i), "has another page's number in its frame");
                chained++;
            }
        }

        for (int i = 0; i < frames.Length; i++)
        {
            hints += frames[i].IsHint ? 1 : 0;
            shared += frames[i].IsShared ? 1 : 0;
            references += Count(new Mpn(i));
            alone += Count(new Mpn(i)) == 1 ? 1 : 0;
            Require(!overflow.ContainsKey(i) || frames[i].Count == largestCount, new Mpn(i), "overflows without a full count");
        }

        if ((hints, shared, references, alone) != (HintCount, SharedCount, ReferenceCount, singles) || (every == 1 && chained != hints + shared))
            throw new InvalidOperationException(
                $"The sharing table counts {HintCount} hints, {SharedCount} shared frames and {ReferenceCount} references; it holds {hints}, {shared} and {references}, and {chained} frames on chains.");
    }

    private int Bucket(uint truncatedHash) => bucketShift == 32 ? 0 : (int)(truncatedHash >> bucketShift);

    private int Next(int index)
    {
        int link = frames[index].Link(layout);
        return link == index ? None : link;
    }

    private Mpn? MatchFrom(int index, ulong hash)
    {
        for (; index != None; index = Next(index))
        {
            ref ShareFrame frame = ref frames[index];
            if (frame.IsHint ? frame.TruncatedHash == (uint)(hash >> 32) : frame.Hash == hash)
                return new Mpn(index);
        }

        return null;
    }

    private void Chain(int index)
    {
        ref int head = ref buckets[Bucket(frames[index].TruncatedHash)];
        frames[index].SetLink(layout, head == None ? index : head);
        head = index;
    }

    private void Unchain(int index)
    {
        ref int head = ref buckets[Bucket(frames[index].TruncatedHash)];
        int next = Next(index);
        if (head == index)
        {
            head = next;
        }
        else
        {
            int before = head;
            while (Next(before) != index)
                before = Next(before);
            frames[before].SetLink(layout, next == None ? before : next);
        }

        frames[index] = default;
    }

    private static void Require(bool holds, Mpn mpn, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException($"{mpn} {otherwise}.");
    }
}
