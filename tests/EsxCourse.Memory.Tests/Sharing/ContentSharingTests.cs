using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Sharing;

public sealed class ContentSharingTests
{
    private static readonly ContentSeed Red = ContentSeed.Of(7, 1), Blue = ContentSeed.Of(7, 2);

    [Fact]
    public void A_first_scan_leaves_a_hint_and_the_page_private()
    {
        Room room = new();
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, Red);
        Assert.False(room.Scan(vm, 0));
        Assert.Equal((1, PmapState.Mapped), (room.Table.HintCount, vm.StateOf(new Ppn(0))));
    }

    [Fact]
    public void Two_equal_pages_of_two_VMs_share_the_first_ones_frame()
    {
        (Room room, VirtualMachine first, VirtualMachine second) = TwoEqualPages();
        Assert.True(room.Scan(second, 5));
        Assert.Equal(first.MpnOf(new Ppn(0)), second.MpnOf(new Ppn(5)));
        Assert.Equal((PmapState.Shared, PmapState.Shared), (first.StateOf(new Ppn(0)), second.StateOf(new Ppn(5))));
        Assert.Equal(63, room.Machine.Free.Value);
    }

    [Fact]
    public void The_third_equal_page_joins_the_shared_frame()
    {
        (Room room, VirtualMachine first, VirtualMachine second) = TwoEqualPages();
        room.Scan(second, 5);
        room.Write(first, 1, Red);
        Assert.True(room.Scan(first, 1));
        Assert.Equal(3, room.Table.Count(first.MpnOf(new Ppn(0))!.Value));
    }

    [Fact]
    public void A_write_to_a_shared_page_gives_the_writer_a_copy_and_leaves_the_other_alone()
    {
        (Room room, VirtualMachine first, VirtualMachine second) = TwoEqualPages();
        room.Scan(second, 5);
        room.Write(second, 5, Blue);
        Assert.Equal((Red, Blue), (room.Read(first, 0), room.Read(second, 5)));
        room.Check();
    }

    [Fact]
    public void The_last_user_of_a_shared_page_keeps_it_when_it_writes()
    {
        (Room room, VirtualMachine first, VirtualMachine second) = TwoEqualPages();
        room.Scan(second, 5);
        Mpn shared = first.MpnOf(new Ppn(0))!.Value;
        room.Write(second, 5, Blue);
        room.Write(first, 0, Blue);
        Assert.Equal((shared, PmapState.Mapped, 0), (first.MpnOf(new Ppn(0)), first.StateOf(new Ppn(0)), room.Table.SharedCount));
    }

    [Fact]
    public void A_hint_whose_page_was_written_is_dropped_and_nothing_is_shared()
    {
        (Room room, VirtualMachine first, VirtualMachine second) = TwoEqualPages();
        room.Write(first, 0, Blue);
        Assert.False(room.Scan(second, 5));
        Assert.Equal((1L, 1), (first.Outcomes[Outcome.StaleHint], room.Table.HintCount));
    }

    [Fact]
    public void A_hint_whose_machine_page_went_to_another_VM_is_stale()
    {
        (Room room, VirtualMachine first, VirtualMachine second) = TwoEqualPages();
        room.Mapper.Discard(first, new Ppn(0));
        room.Write(second, 6, Red); // Takes the very frame that the hint is about.
        Assert.False(room.Scan(second, 5));
        Assert.Equal(1, first.Outcomes[Outcome.StaleHint]);
    }

    [Fact]
    public void Zero_pages_are_shared_like_any_other_and_counted_apart()
    {
        Room room = new();
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, ContentSeed.Zero);
        room.Write(vm, 1, ContentSeed.Zero);
        room.Scan(vm, 0);
        room.Scan(vm, 1);
        Assert.Equal((2L, 0L), (vm.Outcomes[Outcome.ZeroPageShared], vm.Outcomes[Outcome.PageShared]));
        Assert.Equal((2L, 1L, 2L), (room.Sharing.Report().Shared.Value, room.Sharing.Report().Reclaimed.Value, room.Sharing.Report().Zero.Value));
    }

    [Fact]
    public void Equal_hashes_of_unequal_pages_share_nothing_and_the_page_is_left_alone_afterwards()
    {
        Room room = new(options: new SharingOptions { Hash = PageHashes.Truncated(0) });
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, Red);
        room.Write(vm, 1, Blue);
        room.Scan(vm, 0);
        Assert.False(room.Scan(vm, 1));
        Assert.False(room.Scan(vm, 1));
        Assert.Equal((1L, 2L), (vm.Outcomes[Outcome.FalseMatch], vm.Outcomes[Outcome.SharingScan]));
        Assert.Equal((Red, Blue), (room.Read(vm, 0), room.Read(vm, 1)));
    }

    [Fact]
    public void With_an_8_bit_hash_every_page_beyond_the_first_of_each_hash_is_a_false_match()
    {
        Room room = new(frames: 2000, new SharingOptions { Hash = PageHashes.Truncated(8) });
        VirtualMachine vm = room.Vm(2000);
        byte[] bytes = new byte[4096];
        HashSet<ulong> hashes = [];
        for (int page = 0; page < 2000; page++)
        {
            ContentSeed contents = ContentSeed.Of(5, (ulong)page);
            room.Contents.Expand(contents, bytes);
            hashes.Add(PageHashes.Truncated(8)(bytes));
            room.Write(vm, page, contents);
            Assert.False(room.Scan(vm, page));
        }

        Assert.Equal(256, hashes.Count);
        Assert.Equal((2000 - 256L, 256), (vm.Outcomes[Outcome.FalseMatch], room.Table.HintCount));
        for (int page = 0; page < 2000; page++)
            Assert.Equal(ContentSeed.Of(5, (ulong)page), room.Read(vm, page));
    }

    [Fact]
    public void Pages_imported_from_files_are_compared_byte_by_byte()
    {
        Room room = new();
        VirtualMachine vm = room.Vm();
        byte[] page = new byte[4096];
        page[17] = 1;
        room.Write(vm, 0, room.Contents.Import(page));
        room.Write(vm, 1, room.Contents.Import(page));
        Assert.NotEqual(room.Read(vm, 0), room.Read(vm, 1));
        room.Scan(vm, 0);
        Assert.True(room.Scan(vm, 1));
    }

    [Fact]
    public void Salted_VMs_share_within_themselves_alone()
    {
        Room room = new(options: new SharingOptions { SaltPerVm = true });
        VirtualMachine first = room.Vm(), second = room.Vm();
        room.Write(first, 0, Red);
        room.Write(first, 1, Red);
        room.Write(second, 0, Red);
        room.Scan(first, 0);
        Assert.False(room.Scan(second, 0));
        Assert.True(room.Scan(first, 1));
    }

    [Fact]
    public void A_large_page_is_not_shared_until_it_is_broken()
    {
        Room room = new(options: new SharingOptions { LargePagePages = 8 });
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, Red);
        room.Write(vm, 1, Red);
        bool[] shared = [room.Scan(vm, 0), room.Scan(vm, 1)];
        Assert.Equal([false, false], shared);
        Assert.True(room.Sharing.BreakLargePage(vm));
        Assert.Equal([false, true], [room.Scan(vm, 0), room.Scan(vm, 1)]);
        Assert.Equal((2L, 1L), (vm.Outcomes[Outcome.LargePageNotShared], vm.Outcomes[Outcome.LargePageBroken]));
    }

    [Fact]
    public void A_large_page_ends_when_one_of_its_pages_is_ballooned()
    {
        Room room = new(options: new SharingOptions { LargePagePages = 8 });
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, Red);
        room.Write(vm, 3, Red);
        room.Mapper.Balloon(vm, new Ppn(3));
        room.Scan(vm, 0);
        Assert.Equal((1, 1), (room.Table.HintCount, room.Sharing.LargePagesOf(vm)));
    }

    [Fact]
    public void A_page_on_its_way_to_the_disk_is_not_shared()
    {
        (Room room, VirtualMachine _, VirtualMachine second) = TwoEqualPages();
        second.Pmap.MarksOf(new Ppn(5)) |= PageMarks.PagingOut;
        Assert.False(room.Scan(second, 5));
    }

    [Fact]
    public void A_page_is_tried_for_sharing_before_it_is_paged_out()
    {
        (Room room, VirtualMachine first, VirtualMachine second) = TwoEqualPages();
        HostSwap swap = room.Swap();
        Assert.True(swap.OneNow(second, VictimPolicy.For(VictimRule.Random, second, new RandomStream(1, "victims"))));
        Assert.Equal((PmapState.Shared, first.MpnOf(new Ppn(0)), 0L), (second.StateOf(new Ppn(5)), second.MpnOf(new Ppn(5)), second.Outcomes[Outcome.SwapOut]));
    }

    [Fact]
    public void A_page_that_equals_no_other_is_paged_out_as_ever()
    {
        (Room room, VirtualMachine _, VirtualMachine second) = TwoEqualPages();
        room.Write(second, 5, Blue);
        HostSwap swap = room.Swap();
        Assert.True(swap.OneNow(second, VictimPolicy.For(VictimRule.Random, second, new RandomStream(1, "victims"))));
        Assert.Equal((PmapState.Swapped, 1L), (second.StateOf(new Ppn(5)), second.Outcomes[Outcome.SwapOut]));
    }

    [Fact]
    public void Without_scans_the_first_of_two_equal_victims_is_on_the_disk_when_the_second_comes()
    {
        Room room = new(options: new SharingOptions { Scan = ScanPolicy.BeforeSwapOnly });
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, Red);
        room.Write(vm, 1, Red);
        HostSwap swap = room.Swap();
        VictimPolicy victims = VictimPolicy.For(VictimRule.Random, vm, new RandomStream(1, "victims"));
        Assert.True(swap.OneNow(vm, victims) && swap.OneNow(vm, victims));
        Assert.Equal((2L, 0L), (vm.Outcomes[Outcome.SwapOut], vm.Outcomes[Outcome.PageShared]));
    }

    [Fact]
    public void A_page_shared_70000_times_comes_back_exactly()
    {
        // 35 VMs of 2,000 equal pages on 4,000 frames, so each page is scanned as soon as it is written.
        Room room = new(frames: 4000);
        VirtualMachine[] vms = [.. Enumerable.Range(0, 35).Select(_ => room.Vm(2000))];
        foreach (VirtualMachine vm in vms)
            for (int page = 0; page < 2000; page++)
            {
                room.Write(vm, page, Red);
                room.Scan(vm, page);
            }

        Assert.Equal((70_000, 3999L), (room.Table.Count(vms[0].MpnOf(new Ppn(0))!.Value), room.Machine.Free.Value));
        foreach (VirtualMachine vm in vms)
            for (int page = 0; page < 2000; page++)
                room.Mapper.Discard(vm, new Ppn(page));
        room.Check();
        Assert.Equal((4000L, 0), (room.Machine.Free.Value, room.Table.OverflowCount));
    }

    [Fact]
    public void A_thousand_stale_hints_leave_nothing_behind()
    {
        Room room = new(frames: 4000);
        VirtualMachine first = room.Vm(1000), second = room.Vm(1000);
        for (int page = 0; page < 1000; page++)
        {
            room.Write(first, page, ContentSeed.Of(1, (ulong)page));
            room.Scan(first, page);
            room.Write(first, page, ContentSeed.Of(2, (ulong)page));
            room.Write(second, page, ContentSeed.Of(1, (ulong)page));
        }

        for (int page = 0; page < 1000; page++)
            Assert.False(room.Scan(second, page));
        Assert.Equal((1000L, 1000, 0), (first.Outcomes[Outcome.StaleHint], room.Table.HintCount, room.Table.SharedCount));
        for (int i = 0; i < 1000; i++)
            Assert.True(room.Table.IsUnknown(first.MpnOf(new Ppn(i))!.Value));
        room.Check();
    }

    [Fact]
    public void No_VM_is_scanned_faster_than_its_rate_nor_all_faster_than_the_systems()
    {
        Room room = new(frames: 1000);
        VirtualMachine[] vms = [.. Enumerable.Range(0, 6).Select(_ => room.Vm(100))];
        foreach (VirtualMachine vm in vms)
            for (int page = 0; page < 100; page++)
                room.Write(vm, page, ContentSeed.Of((ulong)vm.Id.Value + 1, (ulong)page));
        room.Sharing.ScanForOneSecond();
        Assert.Equal([50, 50, 50, 50, 0, 0], vms.Select(vm => vm.Outcomes[Outcome.SharingScan]));
        room.Sharing.ScanForOneSecond();
        Assert.Equal([100, 100, 50, 50, 50, 50], vms.Select(vm => vm.Outcomes[Outcome.SharingScan]));
    }

    [Theory]
    [InlineData(ScanPolicy.Random)]
    [InlineData(ScanPolicy.Sequential)]
    [InlineData(ScanPolicy.LeastRecentlyWritten)]
    public void Every_scan_policy_finds_the_equal_pages_in_time(ScanPolicy policy)
    {
        Room room = new(frames: 200, new SharingOptions { Scan = policy });
        VirtualMachine vm = room.Vm(100);
        for (int page = 0; page < 100; page++)
            room.Write(vm, page, ContentSeed.Of(1, (ulong)(page % 10)));
        for (int second = 0; second < 60; second++)
            room.Sharing.ScanForOneSecond();
        Assert.Equal(190, room.Machine.Free.Value);
        room.Check();
    }

    [Fact]
    public void The_least_recently_written_page_is_scanned_first()
    {
        Room room = new(options: new SharingOptions { Scan = ScanPolicy.LeastRecentlyWritten, PagesPerSecondPerVm = 1 });
        VirtualMachine vm = room.Vm(4);
        for (int page = 0; page < 4; page++)
            room.Write(vm, page, ContentSeed.Of(1, (ulong)page));
        room.Sharing.Written(vm, new Ppn(0));
        room.Sharing.Written(vm, new Ppn(2));
        List<Ppn> scanned = [];
        for (int second = 0; second < 4; second++)
        {
            room.Sharing.ScanForOneSecond();
            scanned.Add(Enumerable.Range(0, 4).Select(p => new Ppn(p)).Single(p => !scanned.Contains(p) && !room.Table.IsUnknown(vm.MpnOf(p)!.Value)));
        }

        Assert.Equal([new Ppn(1), new Ppn(3), new Ppn(0), new Ppn(2)], scanned);
    }

    [Fact]
    public void Sharing_before_swap_only_scans_nothing_by_itself()
    {
        Room room = new(options: new SharingOptions { Scan = ScanPolicy.BeforeSwapOnly });
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, Red);
        room.Sharing.ScanForOneSecond();
        Assert.Equal(0, vm.Outcomes[Outcome.SharingScan]);
    }

    [Fact]
    public void A_scan_costs_a_hash_and_a_match_another_hash_and_a_comparison()
    {
        // First scan: one hash (4,000 ns) and a table step (200). Second: hash, step to the hint, hash of the hinted page, comparison (8,000).
        (Room room, VirtualMachine _, VirtualMachine second) = TwoEqualPages();
        Assert.Equal(4_200, room.Sharing.CpuNanoseconds);
        room.Scan(second, 5);
        Assert.Equal(4_200 + 4_000 + 200 + 4_000 + 8_000, room.Sharing.CpuNanoseconds);
    }

    [Fact]
    public void A_VM_too_large_for_the_packed_hints_widens_the_table()
    {
        Room room = new();
        VirtualMachine small = room.Vm();
        room.Write(small, 0, Red);
        room.Scan(small, 0);
        VirtualMachine large = room.Vm((1 << 20) + 1);
        Assert.Equal(ShareFrameLayout.Wide, room.Table.Layout);
        room.Write(large, 1 << 20, Red);
        Assert.True(room.Scan(large, 1 << 20));
        room.Check();
    }

    [Fact]
    public void Events_tell_the_story_in_order()
    {
        MemoryRecorder recorder = new();
        Room room = new(observer: recorder);
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, Red);
        room.Write(vm, 1, Red);
        room.Scan(vm, 0);
        room.Scan(vm, 1);
        room.Write(vm, 1, Blue);
        Assert.Equal(
            ["PageHinted", "PageShared", "PageShared", "SharingBroken"],
            recorder.Events.Where(e => e is not PmapChanged).Select(e => e.GetType().Name));
    }

    // Contents stay right whatever the hash, and every match of unequal pages is counted as false: against plain arrays.
    [Theory]
    [InlineData(64)]
    [InlineData(8)]
    [InlineData(1)]
    public void A_read_returns_the_last_write_whatever_is_scanned_and_however_weak_the_hash(int hashBits)
    {
        long falseMatches = 0, shared = 0;
        Gen<(int Operation, int Vm, int Page, int Contents)> step = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 11], Gen.Int[0, 5]);
        step.Array[50, 400].Sample(
            steps =>
            {
                Room room = new(frames: 36, new SharingOptions { Hash = PageHashes.Truncated(hashBits) });
                VirtualMachine[] vms = [room.Vm(12), room.Vm(12), room.Vm(12)];
                int[,] model = new int[3, 12];
                foreach ((int operation, int vm, int page, int contents) in steps)
                {
                    if (operation < 4)
                    {
                        room.Write(vms[vm], page, contents == 0 ? ContentSeed.Zero : ContentSeed.Of(3, (ulong)contents));
                        model[vm, page] = contents + 1;
                    }
                    else if (operation < 9)
                    {
                        int before = model[vm, page];
                        bool freed = vms[vm].StateOf(new Ppn(page)) == PmapState.Mapped && room.Scan(vms[vm], page);
                        Assert.True(!freed || Enumerable.Range(0, 36).Count(i => model[i / 12, i % 12] == before) > 1, "A page was shared that equals no other.");
                    }
                    else if (vms[vm].StateOf(new Ppn(page)) != PmapState.Unbacked)
                    {
                        room.Mapper.Discard(vms[vm], new Ppn(page));
                        model[vm, page] = 0;
                    }

                    room.Check();
                    for (int i = 0; i < 36; i++)
                        if (model[i / 12, i % 12] is int written and > 0)
                            Assert.Equal(written == 1 ? ContentSeed.Zero : ContentSeed.Of(3, (ulong)(written - 1)), room.Read(vms[i / 12], i % 12));
                }

                falseMatches += room.Count(Outcome.FalseMatch);
                shared += room.Count(Outcome.PageShared) + room.Count(Outcome.ZeroPageShared);
            },
            iter: 60,
            threads: 1);
        Assert.True(shared > 500, $"Only {shared} pages were shared.");
        Assert.Equal(hashBits < 8, falseMatches > 500);
    }

    private static (Room Room, VirtualMachine First, VirtualMachine Second) TwoEqualPages()
    {
        Room room = new();
        VirtualMachine first = room.Vm(), second = room.Vm();
        room.Write(first, 0, Red);
        room.Write(second, 5, Red);
        room.Scan(first, 0);
        return (room, first, second);
    }
}
