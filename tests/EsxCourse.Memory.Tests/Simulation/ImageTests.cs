using EsxCourse.Contracts;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

public sealed class ImageTests
{
    private const int Pages = 64;

    [Fact]
    public void Two_VMs_loaded_from_the_same_image_share_all_of_it_until_one_writes()
    {
        (EsxHost host, VirtualMachine first, VirtualMachine second) = Loaded();
        host.ScanForSharing(AllPages());
        Assert.Equal((2L * Pages, (long)Pages), (host.SharingReport()!.Value.Shared.Value, host.SharingReport()!.Value.Reclaimed.Value));
        host.Touch(second, new Ppn(5), AccessKind.Write);
        Assert.Equal(Pages - 1, host.SharingReport()!.Value.Reclaimed.Value);
        Assert.Equal((PmapState.Shared, PmapState.Mapped), (first.StateOf(new Ppn(6)), second.StateOf(new Ppn(5))));
        Assert.Null(host.FindFault());
    }

    [Fact]
    public void An_image_larger_than_the_VM_is_refused()
    {
        (EsxHost host, VirtualMachine vm, _) = Loaded();
        Assert.Throws<ArgumentException>(() => host.LoadImage(vm, new byte[(Pages + 1) * PageCount.PageSizeBytes]));
    }

    [Fact]
    public void A_host_that_does_not_share_says_so() =>
        Assert.Throws<InvalidOperationException>(() => new EsxHost(new HostOptions { MachineMemory = new PageCount(4 * Pages) }).ScanForSharing(AllPages()));

    private static GuestPage[] AllPages() => [.. Enumerable.Range(0, 2 * Pages).Select(page => new GuestPage(new VmId(page / Pages), new Ppn(page % Pages)))];

    private static (EsxHost Host, VirtualMachine First, VirtualMachine Second) Loaded()
    {
        byte[] image = new byte[Pages * PageCount.PageSizeBytes];
        for (int page = 0; page < Pages; page++)
            image[(page * PageCount.PageSizeBytes) + page] = (byte)(page + 1);
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(4 * Pages), Sharing = new SharingOptions() });
        VirtualMachine[] vms = [.. new[] { "one", "two" }.Select(name => host.AddVm(new VmOptions(name, new PageCount(Pages))))];
        foreach (VirtualMachine vm in vms)
            host.LoadImage(vm, image);
        return (host, vms[0], vms[1]);
    }
}
