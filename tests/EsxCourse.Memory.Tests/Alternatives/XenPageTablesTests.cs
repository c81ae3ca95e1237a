using CsCheck;
using EsxCourse.Memory.Alternatives;

namespace EsxCourse.Memory.Tests.Alternatives;

public sealed class XenPageTablesTests
{
    private const int Guest = 0, Stranger = 1;

    // Frames 0 to 7 are the guest's, frame 8 belongs to another domain.
    private static XenPageTables Tables() => new([0, 0, 0, 0, 0, 0, 0, 0, Stranger]);

    private static XenPageTables WithTable(int table, params (int Index, XenEntry Entry)[] entries)
    {
        XenPageTables tables = Tables();
        foreach ((int index, XenEntry entry) in entries)
            Assert.True(tables.GuestWrite(table, index, entry));
        return tables;
    }

    [Fact]
    public void A_pinned_page_table_makes_what_it_maps_writable_frames()
    {
        XenPageTables tables = WithTable(1, (0, new XenEntry(5, true)));
        Assert.True(tables.Pin(Guest, 1, XenFrameType.PageTable));
        Assert.Equal((XenFrameType.PageTable, XenFrameType.Writable, 1), (tables.TypeOf(1), tables.TypeOf(5), tables.CountOf(5)));
    }

    [Fact]
    public void A_guest_cannot_write_its_page_table_itself()
    {
        XenPageTables tables = Tables();
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        Assert.False(tables.GuestWrite(1, 0, new XenEntry(5, true)));
    }

    [Fact]
    public void A_writable_mapping_of_a_page_table_is_refused()
    {
        XenPageTables tables = Tables();
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        tables.Pin(Guest, 2, XenFrameType.PageTable);
        Assert.Equal((0, 1L), (tables.MmuUpdate(Guest, [new XenUpdate(1, 0, new XenEntry(2, true))]), tables.Refusals));
    }

    [Fact]
    public void A_read_only_mapping_of_a_page_table_is_allowed()
    {
        XenPageTables tables = Tables();
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        tables.Pin(Guest, 2, XenFrameType.PageTable);
        Assert.Equal(1, tables.MmuUpdate(Guest, [new XenUpdate(1, 0, new XenEntry(2, false))]));
    }

    [Fact]
    public void A_page_table_that_maps_itself_writable_is_refused() =>
        Assert.False(WithTable(1, (0, new XenEntry(1, true))).Pin(Guest, 1, XenFrameType.PageTable));

    [Fact]
    public void A_writable_frame_cannot_become_a_table()
    {
        XenPageTables tables = WithTable(1, (0, new XenEntry(5, true)));
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        Assert.False(tables.Pin(Guest, 5, XenFrameType.GlobalDescriptorTable));
    }

    [Fact]
    public void Another_domains_frame_cannot_be_mapped_even_read_only()
    {
        XenPageTables tables = Tables();
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        Assert.Equal(0, tables.MmuUpdate(Guest, [new XenUpdate(1, 0, new XenEntry(8, false))]));
    }

    [Fact]
    public void Another_domain_cannot_update_the_guests_tables()
    {
        XenPageTables tables = Tables();
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        Assert.Equal(0, tables.MmuUpdate(Stranger, [new XenUpdate(1, 0, new XenEntry(8, true))]));
    }

    [Fact]
    public void A_refused_table_gives_back_all_that_it_took()
    {
        XenPageTables tables = WithTable(1, (0, new XenEntry(5, true)), (7, new XenEntry(8, true)));
        Assert.False(tables.Pin(Guest, 1, XenFrameType.PageTable));
        Assert.Equal((XenFrameType.None, XenFrameType.None), (tables.TypeOf(1), tables.TypeOf(5)));
        tables.CheckInvariants();
    }

    [Fact]
    public void Many_updates_are_one_hypercall()
    {
        XenPageTables tables = Tables();
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        tables.MmuUpdate(Guest, [.. Enumerable.Range(0, 100).Select(i => new XenUpdate(1, i, new XenEntry(5, true)))]);
        Assert.Equal((2L, 100), (tables.Hypercalls, tables.CountOf(5)));
    }

    [Fact]
    public void The_first_refusal_stops_a_batch()
    {
        XenPageTables tables = Tables();
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        XenUpdate good = new(1, 0, new XenEntry(5, true)), bad = new(1, 1, new XenEntry(1, true));
        Assert.Equal(1, tables.MmuUpdate(Guest, [good, bad, good]));
    }

    [Fact]
    public void A_directory_is_validated_down_to_the_frames()
    {
        XenPageTables tables = WithTable(1, (0, new XenEntry(5, true)), (1, new XenEntry(6, true)));
        tables.GuestWrite(0, 0, new XenEntry(1, false));
        Assert.True(tables.NewBasePointer(Guest, 0));
        Assert.Equal((XenFrameType.PageDirectory, XenFrameType.PageTable, XenFrameType.Writable), (tables.TypeOf(0), tables.TypeOf(1), tables.TypeOf(6)));
    }

    [Fact]
    public void Without_a_pin_a_switch_away_unmakes_the_table()
    {
        XenPageTables tables = Tables();
        tables.NewBasePointer(Guest, 0);
        tables.NewBasePointer(Guest, 1);
        Assert.Equal(XenFrameType.None, tables.TypeOf(0));
    }

    [Fact]
    public void A_pinned_directory_survives_the_switch_and_is_not_validated_again()
    {
        XenPageTables tables = WithTable(1, (0, new XenEntry(5, true)));
        tables.GuestWrite(0, 0, new XenEntry(1, false));
        tables.Pin(Guest, 0, XenFrameType.PageDirectory);
        tables.NewBasePointer(Guest, 0);
        tables.NewBasePointer(Guest, 2);
        long validated = tables.EntriesValidated;
        tables.NewBasePointer(Guest, 0);
        Assert.Equal(validated, tables.EntriesValidated);
    }

    [Fact]
    public void An_unpinned_table_is_plain_memory_again()
    {
        XenPageTables tables = WithTable(1, (0, new XenEntry(5, true)));
        tables.Pin(Guest, 1, XenFrameType.PageTable);
        tables.Unpin(Guest, 1);
        Assert.True(tables.TypeOf(5) == XenFrameType.None && tables.GuestWrite(1, 0, XenEntry.NotPresent));
    }

    [Fact]
    public void Whatever_a_guest_asks_counts_stay_right_and_no_table_is_writable()
    {
        Gen<(int Operation, int A, int B, int C, bool Writable)> step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[0, 3], Gen.Bool);
        long refused = 0, done = 0;
        step.Array[1, 120].Sample(
            steps =>
            {
                XenPageTables tables = Tables();
                foreach ((int operation, int a, int b, int c, bool writable) in steps)
                {
                    XenEntry entry = c == 3 ? XenEntry.NotPresent : new XenEntry(b, writable);
                    bool success = operation switch
                    {
                        0 => tables.GuestWrite(a, c, entry),
                        1 => tables.Pin(Guest, a, (XenFrameType)(1 + b % 4)),
                        2 => tables.Unpin(Guest, a),
                        3 => tables.NewBasePointer(Guest, a),
                        _ => tables.MmuUpdate(Guest, [new XenUpdate(a, c, entry)]) == 1,
                    };
                    done += success ? 1 : 0;
                    refused += success ? 0 : 1;
                    tables.CheckInvariants();
                }
            },
            iter: 300,
            threads: 1);
        Assert.True(done > 1_000 && refused > 1_000, $"{done} done, {refused} refused: the random guests do not reach both.");
    }
}
