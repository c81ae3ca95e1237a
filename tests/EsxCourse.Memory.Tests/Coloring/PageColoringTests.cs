using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Coloring;

public sealed class PageColoringTests
{
    // 32 KiB, direct-mapped, 64-byte lines: 8 colours.
    private static readonly ColoringOptions Eight = new() { Cache = new CacheGeometry(32 << 10, 1) };

    private readonly SimulatedTime time = new(new SimClock());

    private (MachineMemory Machine, PageMapper Mapper, PageColoring Coloring) Room(int frames, ColoringOptions options)
    {
        MachineMemory machine = new(new PageCount(frames), options.Cache.Colors);
        PageMapper mapper = new(machine, new SwapSpace(new PageCount(1)), time);
        return (machine, mapper, new PageColoring(machine, mapper, time, options, seed: 1));
    }

    private VirtualMachine Vm(int id, int pages) => new(new VmId(id), $"VM{id + 1}", new MemoryParameters(default, new PageCount(pages), new Shares(pages)), time);

    [Fact]
    public void A_page_gets_a_machine_page_of_its_own_color()
    {
        (MachineMemory machine, _, PageColoring coloring) = Room(64, Eight);
        VirtualMachine vm = Vm(0, 64);
        coloring.Add(vm, 1);
        foreach (int ppn in new[] { 5, 13, 2, 21 })
            Assert.Equal(ppn % 8, machine.Allocate(coloring.Wish(vm, new Ppn(ppn)))!.Value.Value % 8);
        Assert.Equal(0, machine.ColorMisses);
    }

    [Fact]
    public void A_color_that_is_used_up_is_replaced_and_counted()
    {
        (MachineMemory machine, _, PageColoring coloring) = Room(16, Eight);
        VirtualMachine vm = Vm(0, 64);
        coloring.Add(vm, 1);
        // PPN 3, 11 and 19 all want colour 3; 16 frames have two of it.
        int[] colors = [.. new[] { 3, 11, 19 }.Select(p => machine.Allocate(coloring.Wish(vm, new Ppn(p)))!.Value.Value % 8)];
        Assert.Equal([3, 3, 4], colors);
        Assert.Equal(1, machine.ColorMisses);
    }

    [Fact]
    public void A_new_VM_shrinks_the_others_part_and_their_pages_are_moved()
    {
        (MachineMemory machine, PageMapper mapper, PageColoring coloring) = Room(64, Eight with { Partition = true, RecolorPagesPerSecond = 5 });
        VirtualMachine first = Vm(0, 16);
        coloring.Add(first, 1);
        for (int ppn = 0; ppn < 16; ppn++)
        {
            mapper.Back(first, new Ppn(ppn), machine.Allocate(coloring.Wish(first, new Ppn(ppn)))!.Value);
            machine.Write(first.Pmap.MpnOf(new Ppn(ppn)), ContentSeed.Of(1, (ulong)ppn));
        }

        coloring.Add(Vm(1, 16), 1);
        // Half of the 16 pages have colours 4 to 7, which are the second VM's now: 5 copies in the first second, 3 in the next.
        Assert.Equal([5, 3, 0], [coloring.RecolorForOneSecond(), coloring.RecolorForOneSecond(), coloring.RecolorForOneSecond()]);
        for (int ppn = 0; ppn < 16; ppn++)
        {
            Assert.False(coloring.IsMisplaced(first, new Ppn(ppn)));
            Assert.Equal(ContentSeed.Of(1, (ulong)ppn), machine.ContentsOf(first.Pmap.MpnOf(new Ppn(ppn))));
        }

        Assert.Equal(8, first.Outcomes[Outcome.PageRecolored]);
    }

    [Fact]
    public void Nothing_is_recolored_when_the_right_colors_are_used_up()
    {
        (MachineMemory machine, PageMapper mapper, PageColoring coloring) = Room(8, Eight with { Partition = true });
        VirtualMachine first = Vm(0, 8);
        coloring.Add(first, 1);
        for (int ppn = 0; ppn < 8; ppn++)
            mapper.Back(first, new Ppn(ppn), machine.Allocate(coloring.Wish(first, new Ppn(ppn)))!.Value);
        coloring.Add(Vm(1, 8), 1);
        Assert.Equal(0, coloring.RecolorForOneSecond());
    }

    [Fact]
    public void Random_colors_are_spread_over_all()
    {
        (MachineMemory machine, _, PageColoring coloring) = Room(8000, Eight with { Policy = ColorPolicy.Random });
        VirtualMachine vm = Vm(0, 1);
        coloring.Add(vm, 1);
        int[] counts = new int[8];
        for (int i = 0; i < 4000; i++)
            counts[machine.Allocate(coloring.Wish(vm, default))!.Value.Value % 8]++;
        Assert.All(counts, n => Assert.InRange(n, 400, 600));
    }

    [Fact]
    public void A_partition_with_more_VMs_than_colors_is_refused()
    {
        (_, _, PageColoring coloring) = Room(64, new ColoringOptions { Cache = new CacheGeometry(4 << 10, 1), Partition = true });
        coloring.Add(Vm(0, 1), 1);
        Assert.Throws<ArgumentException>(() => coloring.Add(Vm(1, 1), 1));
    }
}
