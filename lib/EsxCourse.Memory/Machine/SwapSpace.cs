using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

// The host's swap space on disk, a slot a page. References are counted because a trapped virtual paging disk lets a guest's disk
// block name a slot that the pmap names too (Cellular Disco; facts §3).
//
//   contents[slot]    8 bytes      references[slot]  1 byte, 0 free      freed: a stack of slots that were used and are not
//
// Always: a slot is free exactly if nothing names it. The arrays grow to the most that was ever used, not to the capacity.

/// <summary>The host's swap space: contents by slot.</summary>
public sealed class SwapSpace
{
    private readonly Stack<int> freed = new();
    private ulong[] contents = [];
    private byte[] references = [];
    private int everUsed;

    /// <summary>Makes an empty swap space.</summary>
    /// <param name="capacity">How many slots it has.</param>
    public SwapSpace(PageCount capacity) => Capacity = capacity;

    /// <summary>How many slots there are.</summary>
    public PageCount Capacity { get; internal set; }

    /// <summary>Slots beyond the capacity, for the host's own needs.</summary>
    internal PageCount Reserve { get; set; }

    /// <summary>Whether a slot can be had.</summary>
    internal bool HasRoom => Used < Capacity + Reserve;

    /// <summary>How many slots are in use.</summary>
    public PageCount Used => new(everUsed - freed.Count);

    /// <summary>Takes a free slot.</summary>
    /// <returns>The slot with one reference; null when the space is full.</returns>
    internal int? Allocate()
    {
        if (!freed.TryPop(out int slot))
        {
            if (!HasRoom)
                return null;
            slot = everUsed++;
            if (slot >= contents.Length)
            {
                Array.Resize(ref contents, Math.Max(64, contents.Length * 2));
                Array.Resize(ref references, contents.Length);
            }
        }

        references[slot] = 1;
        return slot;
    }

    internal ContentSeed Read(int slot) => new(contents[slot]);

    internal void Write(int slot, ContentSeed seed) => contents[slot] = seed.Value;

    internal void AddReference(int slot) => references[slot]++;

    internal int ReferencesOf(int slot) => slot < references.Length ? references[slot] : 0;

    internal void Release(int slot)
    {
        if (references[slot] == 0)
            throw new InvalidOperationException($"Swap slot {slot} is free and cannot be released.");
        if (--references[slot] > 0)
            return;
        contents[slot] = ContentSeed.Junk.Value;
        freed.Push(slot);
    }
}
