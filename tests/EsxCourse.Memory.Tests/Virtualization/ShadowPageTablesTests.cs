using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Virtualization;

public sealed class ShadowPageTablesTests
{
    private readonly EsxHost host = new(new HostOptions { MachineMemory = new PageCount(512) });
    private readonly VirtualMachine vm;
    private readonly GuestProcess process;

    public ShadowPageTablesTests()
    {
        vm = host.AddVm(new VmOptions("vm", new PageCount(256)));
        process = host.StartProcess(vm, "process", new PageCount(200));
    }

    private void Touch(int vpn) => host.Touch(vm, process, new Vpn(vpn), AccessKind.Read);

    private long Count(Outcome outcome) => vm.Outcomes[outcome];

    [Fact]
    public void The_first_touch_takes_a_guest_fault_and_a_hidden_fault_the_second_none()
    {
        Touch(3);
        Assert.Equal((1, 1, 0), (Count(Outcome.GuestFault), Count(Outcome.HiddenFault), Count(Outcome.TlbHit)));
        Touch(3);
        Assert.Equal((1, 1, 1), (Count(Outcome.GuestFault), Count(Outcome.HiddenFault), Count(Outcome.TlbHit)));
    }

    [Fact]
    public void A_TLB_miss_is_walked_by_hardware_and_needs_no_monitor()
    {
        Touch(3);
        Touch(3 + 64); // the same line of the TLB
        Touch(3);
        Assert.Equal((2, 1, 0), (Count(Outcome.HiddenFault), Count(Outcome.TlbMiss), Count(Outcome.TlbHit)));
    }

    [Fact]
    public void A_switch_of_address_spaces_flushes_the_TLB_and_keeps_the_shadow_tables()
    {
        Touch(3);
        host.StartProcess(vm, "another", new PageCount(1));
        Touch(3);
        Assert.Equal((1, 1), (Count(Outcome.HiddenFault), Count(Outcome.TlbMiss)));
    }

    [Fact]
    public void When_the_host_takes_a_page_its_shadow_entry_goes_with_it()
    {
        for (int vpn = 0; vpn < 200; vpn++)
            Touch(vpn);
        Ppn ppn = host.GuestOf(vm).Translate(process.FirstVpn + 5)!.Value;
        Assert.NotNull(vm.Shadow.EntryOf(ppn));
        host.Daemon.PageOutNow(vm, ppn);
        Assert.Null(vm.Shadow.EntryOf(ppn));
        long faults = Count(Outcome.HiddenFault);
        Touch(5);
        Assert.Equal((faults + 1, 1), (Count(Outcome.HiddenFault), Count(Outcome.SwapIn)));
        Assert.Null(host.FindFault());
    }

    [Fact]
    public void When_the_guest_unmaps_a_page_its_shadow_entry_goes_with_it()
    {
        Touch(3);
        Ppn ppn = host.GuestOf(vm).Translate(process.FirstVpn + 3)!.Value;
        host.GuestOf(vm).Exit(process);
        Assert.Null(vm.Shadow.EntryOf(ppn));
        Assert.Equal(1, Count(Outcome.GuestTableWrite));
        Assert.Null(host.FindFault());
    }

    [Fact]
    public void An_ordinary_touch_allocates_nothing()
    {
        for (int round = 0; round < 3; round++)
            for (int vpn = 0; vpn < 200; vpn++)
                Touch(vpn);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int vpn = 0; vpn < 200; vpn++)
            host.TouchVirtual(host.Hosted(vm), process.FirstVpn + vpn, AccessKind.Write, default);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_guests_page_takes_so_many_bytes()
    {
        // pmap 5, shadow's way back 4, guest 6, clock 1; each table of virtual pages 4 + 4.
        Assert.Equal((5, 4, 6), (Pmap.BytesPerPage, ShadowPageTables.BytesPerPhysicalPage, GuestOs.BytesPerPage));
        EsxHost large = new(new HostOptions { MachineMemory = new PageCount(1024) });
        long before = GC.GetAllocatedBytesForCurrentThread();
        large.AddVm(new VmOptions("large", new PageCount(1 << 20)) { Min = PageCount.Zero, Guest = new GuestOptions { KernelFraction = 0 } });
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(1 << 20);
        Assert.InRange(bytes, 16, 16.1);
    }
}
