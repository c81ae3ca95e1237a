using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.HotIo;

public sealed class HotIoRemappingTests
{
    // Devices and guests with nothing around them. Every VM's pages are backed from the start, with contents of their own.
    private sealed class Room
    {
        private readonly SimulatedTime time;
        private ulong written;

        public Room(int frames, HotIoOptions options, int[] vmPages, IMemoryObserver? observer = null)
        {
            time = new SimulatedTime(new SimClock()) { Observer = observer };
            Machine = new MachineMemory(new PageCount(frames), lowFrames: options.Iommu ? default : options.DeviceReach);
            Mapper = new PageMapper(Machine, new SwapSpace(new PageCount(100)), time);
            Io = new HotIoRemapping(Machine, Mapper, time, options, seed: 1);
            Vms = [.. vmPages.Select(Vm)];
        }

        public MachineMemory Machine { get; }

        public PageMapper Mapper { get; }

        public HotIoRemapping Io { get; }

        public VirtualMachine[] Vms { get; }

        public HotIoReport Report => HotIoReport.Of(Vms.Select(v => v.Outcomes));

        public ContentSeed Fill(VirtualMachine vm, Ppn ppn)
        {
            ContentSeed contents = ContentSeed.Of((ulong)vm.Id.Value, ++written);
            Machine.Write(vm.Pmap.MpnOf(ppn), contents);
            return contents;
        }

        private VirtualMachine Vm(int pages, int index)
        {
            VirtualMachine vm = new(new VmId(index), $"VM{index + 1}", new MemoryParameters(default, new PageCount(pages), new Shares(pages)), time);
            Io.Add(vm);
            for (int page = 0; page < pages; page++)
            {
                Mapper.Back(vm, new Ppn(page), Machine.Allocate()!.Value);
                Fill(vm, new Ppn(page));
            }

            return vm;
        }
    }

    // 100 pages of which devices reach 20; 4 of those are bounce buffers. Guests get high memory first.
    private static readonly HotIoOptions Small = new() { DeviceReach = new PageCount(20), BouncePages = 4, Threshold = 3 };

    [Fact]
    public void By_default_a_device_reaches_4_GB() => Assert.Equal(4L << 30, new HotIoOptions().DeviceReach.Bytes);

    [Fact]
    public void A_page_that_the_guest_believes_low_is_backed_high_then_bounced_and_then_low()
    {
        Room room = new(100, Small, [40]);
        Ppn ppn = new(7); // Below the reach of 20 pages: low, as far as the guest knows.
        VirtualMachine vm = room.Vms[0];
        bool lowBefore = room.Machine.IsLow(vm.MpnOf(ppn)!.Value);
        for (int transfer = 0; transfer < 3; transfer++)
            room.Io.Send(vm, ppn);
        bool lowAfter = room.Machine.IsLow(vm.MpnOf(ppn)!.Value);
        room.Io.Send(vm, ppn);
        Assert.True(ppn.Value < Small.DeviceReach.Value);
        Assert.Equal((false, true), (lowBefore, lowAfter));
        Assert.Equal(new HotIoReport(Transfers: 4, Bounced: 3, Remapped: 1, Demoted: 0, Refused: 0), room.Report);
    }

    [Fact]
    public void The_device_sees_what_the_page_holds_before_and_after_the_remap()
    {
        Room room = new(100, Small, [40]);
        for (int transfer = 0; transfer < 10; transfer++)
        {
            ContentSeed contents = room.Fill(room.Vms[0], new Ppn(7));
            Assert.Equal(contents, room.Io.Send(room.Vms[0], new Ppn(7)));
        }
    }

    [Fact]
    public void What_a_device_receives_gets_to_the_page_on_either_way()
    {
        Room room = new(100, Small, [40]);
        for (ulong transfer = 1; transfer < 10; transfer++)
        {
            room.Io.Receive(room.Vms[0], new Ppn(7), ContentSeed.Of(99, transfer));
            Assert.Equal(ContentSeed.Of(99, transfer), room.Machine.ContentsOf(room.Vms[0].MpnOf(new Ppn(7))!.Value));
        }

        Assert.Equal(1, room.Report.Remapped);
    }

    [Fact]
    public void The_shadow_entry_of_a_remapped_page_is_gone()
    {
        Room room = new(100, Small, [40]);
        VirtualMachine vm = room.Vms[0];
        vm.Shadow.Fill(3, new Ppn(7), vm.Pmap.MpnOf(new Ppn(7)));
        for (int transfer = 0; transfer < 3; transfer++)
            room.Io.Send(vm, new Ppn(7));
        Assert.Null(vm.Shadow.EntryOf(new Ppn(7)));
    }

    [Fact]
    public void Without_remapping_every_transfer_of_a_high_page_is_copied()
    {
        Room room = new(100, Small with { Remap = false }, [40]);
        for (int transfer = 0; transfer < 50; transfer++)
            room.Io.Send(room.Vms[0], new Ppn(7));
        Assert.Equal(1.0, room.Report.CopiesPerTransfer);
    }

    [Fact]
    public void With_an_IOMMU_nothing_is_copied()
    {
        Room room = new(100, Small with { Iommu = true }, [40]);
        for (int transfer = 0; transfer < 50; transfer++)
            room.Io.Send(room.Vms[0], new Ppn(7));
        Assert.Equal((50L, 0L), (room.Vms[0].Outcomes[Outcome.IoTranslated], room.Report.Copies));
    }

    [Fact]
    public void A_page_that_cools_down_between_transfers_is_never_hot()
    {
        Room room = new(100, Small with { HalvingSeconds = 1 }, [40]);
        for (int transfer = 0; transfer < 20; transfer++)
        {
            room.Io.Send(room.Vms[0], new Ppn(7));
            room.Io.PassSecond();
        }

        Assert.Equal((20L, 0L), (room.Report.Bounced, room.Report.Remapped));
    }

    [Fact]
    public void A_page_on_its_way_to_the_disk_is_not_moved()
    {
        Room room = new(100, Small, [40]);
        room.Vms[0].Pmap.MarksOf(new Ppn(7)) |= PageMarks.PagingOut;
        for (int transfer = 0; transfer < 10; transfer++)
            room.Io.Send(room.Vms[0], new Ppn(7));
        Assert.Equal((10L, 0L), (room.Report.Bounced, room.Report.Remapped));
    }

    [Fact]
    public void Copies_for_each_transfer_fall_by_two_orders_of_magnitude_on_network_traffic()
    {
        HotIoOptions scaled = new() { DeviceReach = new PageCount(512) };
        double with = NetworkLoad(scaled, seed: 3).CopiesPerTransfer;
        double without = NetworkLoad(scaled with { Remap = false }, seed: 3).CopiesPerTransfer;
        Assert.Equal(1.0, without);
        Assert.True(with < without / 100, $"{with} copies for each transfer.");
    }

    [Fact]
    public void A_machine_over_4_GB_remaps_into_its_lowest_4_GB()
    {
        // 4 GB and 64 MB, in full size; the guest's 1,000 pages come from the top.
        Room room = new((1 << 20) + 16_384, new HotIoOptions(), [1000]);
        VirtualMachine vm = room.Vms[0];
        Mpn before = vm.MpnOf(new Ppn(0))!.Value;
        for (int transfer = 0; transfer < 16; transfer++)
            room.Io.Send(vm, new Ppn(0));
        Assert.True(before.Value >= 1 << 20 && vm.MpnOf(new Ppn(0))!.Value.Value < 1 << 20, $"{before}, {vm.MpnOf(new Ppn(0))}");
    }

    [Fact]
    public void When_low_memory_is_used_up_and_nobody_gives_way_hot_pages_stay_bounced()
    {
        HotIoReport report = SteadyRings(DemotionRule.None);
        Assert.True(report.Refused > 0 && report.Demoted == 0, $"{report}");
    }

    [Fact]
    public void With_low_memory_scarce_and_steady_rings_cost_benefit_copies_least_and_random_thrashes()
    {
        long none = SteadyRings(DemotionRule.None).Copies, random = SteadyRings(DemotionRule.Random).Copies, costBenefit = SteadyRings(DemotionRule.CostBenefit).Copies;
        Assert.True(costBenefit < none && none < random, $"none {none}, random {random}, cost-benefit {costBenefit}");
    }

    [Fact]
    public void With_rings_that_move_on_history_misleads_and_random_copies_least()
    {
        long none = MovingRings(DemotionRule.None).Copies, random = MovingRings(DemotionRule.Random).Copies, costBenefit = MovingRings(DemotionRule.CostBenefit).Copies;
        Assert.True(random < costBenefit && costBenefit < none, $"none {none}, random {random}, cost-benefit {costBenefit}");
    }

    [Fact]
    public void A_victim_is_moved_up_with_its_contents()
    {
        // One low page beside the buffers: page 0 gets it first, then page 1, which is hotter.
        Room room = new(40, new HotIoOptions { DeviceReach = new PageCount(2), BouncePages = 1, Threshold = 3 }, [10]);
        VirtualMachine vm = room.Vms[0];
        ContentSeed cold = room.Machine.ContentsOf(vm.MpnOf(new Ppn(0))!.Value);
        for (int transfer = 0; transfer < 3; transfer++)
            room.Io.Send(vm, new Ppn(0));
        Assert.True(room.Machine.IsLow(vm.MpnOf(new Ppn(0))!.Value));
        for (int transfer = 0; transfer < 10; transfer++)
            room.Io.Send(vm, new Ppn(1));
        Assert.Equal((false, true), (room.Machine.IsLow(vm.MpnOf(new Ppn(0))!.Value), room.Machine.IsLow(vm.MpnOf(new Ppn(1))!.Value)));
        Assert.Equal((cold, 1L), (room.Machine.ContentsOf(vm.MpnOf(new Ppn(0))!.Value), room.Report.Demoted));
    }

    [Fact]
    public void Cost_benefit_does_not_move_a_page_that_is_hardly_colder()
    {
        // The victim has 3 transfers; the newcomer needs more than 3 + 2 to be worth two copies: at its sixth.
        Room room = new(40, new HotIoOptions { DeviceReach = new PageCount(2), BouncePages = 1, Threshold = 3 }, [10]);
        for (int transfer = 0; transfer < 3; transfer++)
            room.Io.Send(room.Vms[0], new Ppn(0));
        for (int transfer = 0; transfer < 5; transfer++)
            room.Io.Send(room.Vms[0], new Ppn(1));
        Assert.Equal((3L, 0L), (room.Report.Refused, room.Report.Demoted));
        room.Io.Send(room.Vms[0], new Ppn(1));
        Assert.Equal(1, room.Report.Demoted);
    }

    [Fact]
    public void Events_tell_of_bounces_and_moves()
    {
        MemoryRecorder recorder = new();
        Room room = new(100, Small, [40], recorder);
        for (int transfer = 0; transfer < 3; transfer++)
            room.Io.Send(room.Vms[0], new Ppn(7));
        Assert.Equal(
            ["PageBounced", "PageBounced", "PageBounced", "HotPageRemapped"],
            recorder.Events.Where(e => e is not PmapChanged).Select(e => e.GetType().Name));
    }

    [Theory]
    [InlineData(DemotionRule.None)]
    [InlineData(DemotionRule.Random)]
    [InlineData(DemotionRule.CostBenefit)]
    public void Whatever_is_sent_and_moved_contents_stay_and_no_frame_is_lost(DemotionRule rule)
    {
        long moved = 0;
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, 9]).Array[1, 300].Sample(
            steps =>
            {
                Room room = new(26, new HotIoOptions { DeviceReach = new PageCount(6), BouncePages = 2, Threshold = 2, Demotion = rule }, [10, 10]);
                Dictionary<(int, int), ContentSeed> model = [];
                foreach ((int operation, int v, int page) in steps)
                {
                    VirtualMachine vm = room.Vms[v];
                    Ppn ppn = new(page);
                    if (operation == 0)
                        model[(v, page)] = room.Fill(vm, ppn);
                    else if (operation == 1 && model.TryGetValue((v, page), out ContentSeed expected))
                        Assert.Equal(expected, room.Io.Send(vm, ppn));
                    else
                        room.Io.Receive(vm, ppn, model[(v, page)] = ContentSeed.Of(50, (ulong)page));
                }

                foreach (((int v, int page), ContentSeed expected) in model)
                    Assert.Equal(expected, room.Machine.ContentsOf(room.Vms[v].MpnOf(new Ppn(page))!.Value));
                int[] used = [.. room.Vms.SelectMany(vm => Enumerable.Range(0, 10).Select(p => vm.MpnOf(new Ppn(p))!.Value.Value)), .. room.Io.BounceBuffers.Select(b => b.Value)];
                Assert.Equal(22, used.Distinct().Count());
                Assert.Equal(4, room.Machine.Free.Value);
                Assert.All(room.Io.BounceBuffers, b => Assert.True(room.Machine.IsLow(b)));
                moved += room.Report.Remapped + room.Report.Demoted;
            },
            iter: 200,
            threads: 1);
        Assert.True(moved > 500, $"Only {moved} pages were moved.");
    }

    // 100,000 packets of one VM of 64 MB on a machine of 128 MB of which devices reach 2 MB.
    private static HotIoReport NetworkLoad(HotIoOptions options, ulong seed)
    {
        Room room = new(32_768, options, [16_384]);
        NetworkTraffic traffic = new(ring: 16, files: 8000, fromFiles: 0.002, new RandomStream(seed, "traffic"));
        for (int packet = 0; packet < 100_000; packet++)
        {
            if (packet % 1000 == 0)
                room.Io.PassSecond();
            room.Io.Send(room.Vms[0], new Ppn(traffic.Next().Page));
        }

        return room.Report;
    }

    // Two VMs, 40 low pages besides the buffers. 60 warm pages come first and fill low memory; then two rings of 16 pages, which stay hot, and
    // the warm pages go on.
    private static HotIoReport SteadyRings(DemotionRule rule)
    {
        Room room = new(1000, ScarceOptions(rule), [200, 200]);
        for (int second = 0; second < 120; second++)
        {
            for (int packet = 0; packet < 300; packet++)
            {
                if (second >= 20)
                    room.Io.Send(room.Vms[packet % 2], new Ppn(packet / 2 % 16));
                if (packet < 180)
                    room.Io.Send(room.Vms[packet % 2], new Ppn(16 + packet / 2 % 30));
            }

            room.Io.PassSecond();
        }

        return room.Report;
    }

    // Four VMs with a ring of 16 pages each, two of them busy at a time, for 30 seconds; 40 low pages besides the buffers.
    private static HotIoReport MovingRings(DemotionRule rule)
    {
        Room room = new(1000, ScarceOptions(rule), [200, 200, 200, 200]);
        for (int second = 0; second < 240; second++)
        {
            for (int packet = 0; packet < 300; packet++)
            {
                room.Io.Send(room.Vms[second / 30 % 4], new Ppn(packet % 16));
                room.Io.Send(room.Vms[(second / 30 + 1) % 4], new Ppn(packet % 16));
            }

            room.Io.PassSecond();
        }

        return room.Report;
    }

    private static HotIoOptions ScarceOptions(DemotionRule rule) => new() { DeviceReach = new PageCount(48), BouncePages = 8, Demotion = rule };
}
