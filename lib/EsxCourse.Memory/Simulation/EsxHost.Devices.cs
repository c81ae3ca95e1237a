using EsxCourse.Contracts;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Which machine page a page should have, and what devices do to it. Disks and the network card transfer whole pages by DMA; where they do not
// reach a page, hot I/O remapping steps in (OSDI '02 §7). The host's own swap transfers are left out: they go through buffers of its own.

public sealed partial class EsxHost
{
    /// <summary>What transfers cost in copies of pages; null on a host where devices reach everything.</summary>
    /// <returns>The report of all VMs.</returns>
    public HotIoReport? HotIoReport() => hotIo is null ? null : HotIo.HotIoReport.Of(vms.Select(v => v.Vm.Outcomes));

    /// <summary>The machine pages that the host keeps to copy through, where devices do not reach all of memory; none on other hosts.</summary>
    public IReadOnlyList<Mpn> BounceBuffers => hotIo?.BounceBuffers ?? [];

    /// <summary>Which colours each VM may have now; null on a host without colours.</summary>
    public CachePartition? CachePartition => coloring?.Partition;

    /// <summary>A device takes a "physical" page of a VM, for example to send it over the network.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="ppn">The page.</param>
    /// <returns>What the device saw.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The VM has no such page.</exception>
    public ContentSeed Transmit(VirtualMachine vm, Ppn ppn)
    {
        vm.StateOf(ppn);
        Access(Hosted(vm), ppn, AccessKind.Read, overwritten: false);
        return TakenByDevice(Hosted(vm), ppn);
    }

    // Memory that VMs can have: all but the bounce buffers.
    private PageCount UsableMemory => machine.FrameCount - new PageCount(BounceBuffers.Count);

    private static PageCount LowMemory(HostOptions options) =>
        options.HotIo is { Iommu: false } devices ? devices.DeviceReach : PageCount.Zero;

    private FrameWish WishFor(VirtualMachine vm, Ppn? ppn) => coloring is null || ppn is null ? FrameWish.None : coloring.Wish(vm, ppn.Value);

    // The page has a machine page.
    private ContentSeed TakenByDevice(HostedVm hosted, Ppn ppn)
    {
        if (hotIo is null)
            return machine.ContentsOf(hosted.Vm.Pmap.MpnOf(ppn));
        long copies = Copies(hosted.Vm);
        ContentSeed seen = hotIo.Send(hosted.Vm, ppn);
        hosted.SpentNanoseconds += (Copies(hosted.Vm) - copies) * Options.Costs.PageCopy;
        return seen;
    }

    // The page has a machine page of its own.
    private void FilledByDevice(HostedVm hosted, Ppn ppn, ContentSeed contents)
    {
        if (hotIo is null)
        {
            machine.Write(hosted.Vm.Pmap.MpnOf(ppn), contents);
            return;
        }

        long copies = Copies(hosted.Vm);
        hotIo.Receive(hosted.Vm, ppn, contents);
        hosted.SpentNanoseconds += (Copies(hosted.Vm) - copies) * Options.Costs.PageCopy;
    }

    private static long Copies(VirtualMachine vm) => vm.Outcomes[Outcome.IoBounced] + vm.Outcomes[Outcome.IoRemapped];
}
