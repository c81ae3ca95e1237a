using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Virtualization;

// The VM's disk, as far as memory management needs it: what each 4 KiB block holds. The first blocks are the guest's swap area;
// its files follow. The simulator prices transfers elsewhere.

internal sealed class VirtualDisk
{
    private ulong[] blocks = [];

    public ContentSeed Read(int block) => block < blocks.Length ? new ContentSeed(blocks[block]) : ContentSeed.Zero;

    public void Write(int block, ContentSeed contents)
    {
        if (block >= blocks.Length)
            Array.Resize(ref blocks, Math.Max(block + 1, blocks.Length * 2));
        blocks[block] = contents.Value;
    }
}
