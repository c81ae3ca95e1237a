using System.Runtime.CompilerServices;
using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Memory.Tests.Sharing;

public sealed class SharingTableTests
{
    private const ulong Red = 0xAAAA_0000_0000_0001, Blue = 0xBBBB_0000_0000_0002;

    private static SharingTable Table(int pages = 16, ShareFrameLayout? layout = null) => new(new PageCount(pages), layout);

    [Fact]
    public void A_frame_has_16_bytes() => Assert.Equal(16, Unsafe.SizeOf<ShareFrame>());

    [Fact]
    public void Frames_and_buckets_take_less_than_half_a_percent_of_memory()
    {
        // 65,536 pages: 16 x 65,536 + 4 x 65,536 = 1,310,720 bytes of 268,435,456: 0.488 %.
        SharingTable table = Table(65_536);
        Assert.Equal(1_310_720, table.Bytes);
        Assert.True(table.Bytes < 0.005 * 65_536 * 4096);
    }

    [Fact]
    public void The_packed_layout_reaches_64_GiB_exactly() => Assert.Equal(64L << 30, SharingTable.PackedReachPages * 4096L);

    [Fact]
    public void A_machine_above_64_GiB_does_not_fit_the_packed_layout() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Table(SharingTable.PackedReachPages + 1, ShareFrameLayout.Packed));

    [Theory]
    [InlineData(ShareFrameLayout.Packed, 0xFFFFFF, 0xFFF, 0xFFFFF)]
    [InlineData(ShareFrameLayout.Wide, int.MaxValue, 0xFFFF, int.MaxValue)]
    public void A_hint_keeps_the_largest_values_of_its_fields(ShareFrameLayout layout, int link, int vm, int ppn)
    {
        ShareFrame frame = ShareFrame.Hint(layout, 0x1234_5678_9ABC_DEF0, 0xFFFFFF, vm, ppn);
        frame.SetLink(layout, link);
        Assert.Equal(
            (0x1234_5678u, vm, ppn, link, true, false),
            (frame.TruncatedHash, frame.HintVm(layout), frame.HintPpn(layout), frame.Link(layout), frame.IsHint, frame.IsShared));
    }

    [Fact]
    public void A_packed_frame_carries_its_own_page_number() => Assert.Equal(0xABCDEF, ShareFrame.Shared(ShareFrameLayout.Packed, Red, 0xABCDEF).PackedMpn);

    [Fact]
    public void A_link_does_not_disturb_the_count()
    {
        ShareFrame frame = ShareFrame.Shared(ShareFrameLayout.Packed, Red, 0xFFFFFF);
        frame.Count = ShareFrame.MaxCount;
        frame.SetLink(ShareFrameLayout.Packed, 0xFFFFFF);
        frame.SetLink(ShareFrameLayout.Packed, 3);
        Assert.Equal((ShareFrame.MaxCount, 3, Red), (frame.Count, frame.Link(ShareFrameLayout.Packed), frame.Hash));
    }

    [Fact]
    public void An_unknown_hash_has_no_match() => Assert.Null(Table().FirstMatch(Red));

    [Fact]
    public void A_hint_names_the_guest_page_it_is_about()
    {
        SharingTable table = Table();
        table.AddHint(Red, new Mpn(5), new VmId(3), new Ppn(77));
        Assert.Equal((new VmId(3), new Ppn(77)), table.HintOwner(table.FirstMatch(Red)!.Value));
    }

    [Fact]
    public void A_hint_matches_on_the_upper_half_of_the_hash_alone()
    {
        SharingTable table = Table();
        table.AddHint(0xAAAA_0000_1111_1111, new Mpn(5), default, default);
        Assert.Equal(new Mpn(5), table.FirstMatch(0xAAAA_0000_2222_2222));
    }

    [Fact]
    public void A_shared_frame_matches_on_the_whole_hash()
    {
        SharingTable table = Table();
        table.AddShared(0xAAAA_0000_1111_1111, new Mpn(5));
        Assert.Null(table.FirstMatch(0xAAAA_0000_2222_2222));
    }

    [Fact]
    public void A_second_hint_for_a_page_replaces_the_first()
    {
        SharingTable table = Table();
        table.AddHint(Red, new Mpn(5), default, default);
        table.AddHint(Blue, new Mpn(5), default, default);
        Assert.Equal((1, null, new Mpn(5)), (table.HintCount, table.FirstMatch(Red), table.FirstMatch(Blue)));
    }

    [Fact]
    public void Sharing_turns_the_hint_into_a_shared_frame()
    {
        SharingTable table = Table();
        table.AddHint(Red, new Mpn(5), default, default);
        table.AddShared(Red, new Mpn(5));
        Assert.Equal((0, 1, 1), (table.HintCount, table.SharedCount, table.Count(new Mpn(5))));
    }

    [Fact]
    public void The_last_release_forgets_the_frame()
    {
        SharingTable table = Table();
        table.AddShared(Red, new Mpn(5));
        table.AddReference(new Mpn(5));
        Assert.Equal((1, 0), (table.RemoveReference(new Mpn(5)), table.RemoveReference(new Mpn(5))));
        Assert.True(table.IsUnknown(new Mpn(5)) && table.FirstMatch(Red) is null);
    }

    [Fact]
    public void The_frame_itself_counts_to_65534()
    {
        SharingTable table = Table();
        table.AddShared(Red, new Mpn(5));
        for (int i = 1; i < 65_534; i++)
            table.AddReference(new Mpn(5));
        Assert.Equal((65_534, 0), (table.Count(new Mpn(5)), table.OverflowCount));
    }

    [Theory]
    [InlineData(ShareFrameLayout.Packed)]
    [InlineData(ShareFrameLayout.Wide)]
    public void A_page_shared_70000_times_uses_the_overflow_table_and_comes_back_exactly(ShareFrameLayout layout)
    {
        SharingTable table = Table(16, layout);
        table.AddShared(Red, new Mpn(5));
        for (int i = 1; i < 70_000; i++)
            table.AddReference(new Mpn(5));
        Assert.Equal((70_000, 1, 70_000 - 65_534), (table.Count(new Mpn(5)), table.OverflowCount, (int)table.OverflowSteps));
        for (int left = 69_999; left >= 0; left--)
            Assert.Equal(left, table.RemoveReference(new Mpn(5)));
        table.CheckInvariants();
        Assert.Equal((0, 0, 0L), (table.OverflowCount, table.SharedCount, table.ReferenceCount));
    }

    [Fact]
    public void Sharing_a_page_twice_is_an_error()
    {
        SharingTable table = Table();
        table.AddShared(Red, new Mpn(5));
        Assert.Throws<InvalidOperationException>(() => table.AddShared(Red, new Mpn(5)));
    }

    [Fact]
    public void A_VM_that_does_not_fit_the_hint_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Table().AddHint(Red, new Mpn(5), new VmId(4096), default));

    // The slow, obvious model: one dictionary entry a page. Hashes have few values, so that chains form and bits collide.
    private sealed class Model
    {
        public Dictionary<int, (ulong Hash, VmId Vm, Ppn Ppn)> Hints { get; } = [];

        public Dictionary<int, (ulong Hash, int Count)> Shared { get; } = [];

        public int[] Matches(ulong hash) =>
            [.. Hints.Where(h => h.Value.Hash >> 32 == hash >> 32).Select(h => h.Key)
                .Concat(Shared.Where(s => s.Value.Hash == hash).Select(s => s.Key)).Order()];
    }

    private static ulong Hash(int value) => ((ulong)(value * 7 % 40) << 58) ^ ((ulong)(value / 5) << 30);

    [Theory]
    [InlineData(ShareFrameLayout.Packed)]
    [InlineData(ShareFrameLayout.Wide)]
    public void Any_sequence_of_operations_equals_two_dictionaries(ShareFrameLayout layout)
    {
        Gen<(int Operation, int Page, int Hash)> step = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 23], Gen.Int[0, 30]);
        Gen.Select(Gen.Int[1, 24], step.Array[1, 200]).Sample(
            (pages, steps) =>
            {
                SharingTable table = Table(pages, layout);
                Model model = new();
                foreach ((int operation, int somePage, int someHash) in steps)
                {
                    int page = somePage % pages;
                    ulong hash = Hash(someHash);
                    Apply(table, model, operation, page, hash);
                    table.CheckInvariants();
                    Assert.Equal(model.Matches(hash), AllMatches(table, hash).Order());
                    Assert.Equal((model.Hints.Count, model.Shared.Count), (table.HintCount, table.SharedCount));
                    Assert.Equal(model.Shared.GetValueOrDefault(page).Count, table.Count(new Mpn(page)));
                    if (model.Hints.TryGetValue(page, out (ulong Hash, VmId Vm, Ppn Ppn) hint))
                        Assert.Equal((hint.Vm, hint.Ppn), table.HintOwner(new Mpn(page)));
                }
            },
            iter: 2_000,
            threads: 1);
    }

    private static void Apply(SharingTable table, Model model, int operation, int page, ulong hash)
    {
        Mpn mpn = new(page);
        bool shared = model.Shared.ContainsKey(page);
        switch (operation)
        {
            case 0 when !shared:
                (VmId vm, Ppn ppn) = (new VmId(page + 1), new Ppn(1000 - page));
                table.AddHint(hash, mpn, vm, ppn);
                model.Hints[page] = (hash, vm, ppn);
                break;
            case 1:
                Assert.Equal(model.Hints.Remove(page), table.DropHint(mpn));
                break;
            case 2 when !shared:
                table.AddShared(hash, mpn);
                model.Hints.Remove(page);
                model.Shared[page] = (hash, 1);
                break;
            case 3 when shared:
                table.AddReference(mpn);
                model.Shared[page] = (model.Shared[page].Hash, model.Shared[page].Count + 1);
                break;
            case 4 when shared:
                int left = model.Shared[page].Count - 1;
                Assert.Equal(left, table.RemoveReference(mpn));
                if (left == 0)
                    model.Shared.Remove(page);
                else
                    model.Shared[page] = (model.Shared[page].Hash, left);
                break;
        }
    }

    private static List<int> AllMatches(SharingTable table, ulong hash)
    {
        List<int> all = [];
        for (Mpn? match = table.FirstMatch(hash); match is not null; match = table.NextMatch(match.Value, hash))
            all.Add(match.Value.Value);
        return all;
    }
}
