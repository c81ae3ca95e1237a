using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Real memory on a simulated host: a VM's pages get the bytes of a memory image, and the very sharing that works on made-up contents works on
// them (OSDI '02 §4), at the speed of this machine's memory. `esx bench sharing` measures it.

public sealed partial class EsxHost
{
    /// <summary>Fills a VM's memory from an image: its first page becomes PPN 0, and so on. As a guest that writes these pages would.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="image">Whole pages, at most as many as the VM has. They are not copied and must not change from now on.</param>
    /// <exception cref="ArgumentException">The image is empty, ends within a page, or is larger than the VM.</exception>
    public void LoadImage(VirtualMachine vm, ReadOnlyMemory<byte> image)
    {
        long pages = image.Length / PageCount.PageSizeBytes;
        if (pages > vm.Size.Value)
            throw new ArgumentException($"The image has {pages} pages, but {vm.Name} has {vm.Size.Value}.", nameof(image));
        HostedVm hosted = Hosted(vm);
        ContentSeed first = Contents.ImportImage(image);
        for (int page = 0; page < pages; page++)
            Store(hosted, new Ppn(page), Contents.PageOfImage(first, page));
    }

    /// <summary>Scans pages for sharing now, in this order, in place of the seconds that the scan would wait for.</summary>
    /// <param name="pages">Which pages of which VMs. Those that are shared already, or have no machine page, are passed over.</param>
    /// <exception cref="InvalidOperationException">The host does not share.</exception>
    public void ScanForSharing(ReadOnlySpan<GuestPage> pages)
    {
        if (sharing is null)
            throw new InvalidOperationException("This host does not share: its options have no Sharing.");
        sharing.Scan(pages);
    }
}
