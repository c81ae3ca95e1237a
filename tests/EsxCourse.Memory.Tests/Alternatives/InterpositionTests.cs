using EsxCourse.Contracts;
using EsxCourse.Memory.Alternatives;

namespace EsxCourse.Memory.Tests.Alternatives;

public sealed class InterpositionTests
{
    private static readonly CommonWorkload Workload = CommonWorkload.Generate(seed: 1);
    private static readonly InterpositionReport Esx = EsxInterposition.Run(Workload);
    private static readonly InterpositionReport Xen = XenInterposition.Run(Workload);
    private static readonly InterpositionReport Arrakis = ArrakisInterposition.Run(Workload);

    private static long Operations<T>() => Workload.Operations.OfType<T>().Count();

    private static long EntriesWritten =>
        Workload.Operations.Sum(o => o switch
        {
            ProcessStarted started => started.Pages.Count,
            ProcessEnded ended => ended.Pages.Count,
            PageFaulted or PageUnmapped => 1,
            _ => 0,
        });

    [Fact]
    public void The_workload_does_everything_it_can() =>
        Assert.True(
            Operations<PageFaulted>() > 100 && Operations<PageUnmapped>() > 100 && Operations<PacketSent>() > 1000
            && Operations<ProcessSwitched>() > 100 && Operations<VirtualPageTouched>() > 10_000);

    [Fact]
    public void ESX_traps_every_write_to_a_page_table() => Assert.Equal(EntriesWritten, Esx.Of(Interposition.PageTableWriteTrap));

    [Fact]
    public void ESX_traps_every_packet() => Assert.Equal(Operations<PacketSent>(), Esx.Of(Interposition.DeviceTrap));

    [Fact]
    public void ESX_fills_a_shadow_entry_once_for_each_mapping_that_is_touched()
    {
        // Followed by hand: an entry is filled on the first touch after the guest made it.
        HashSet<Vpn> filled = [];
        long expected = 0;
        foreach (GuestOperation operation in Workload.Operations)
        {
            if (operation is VirtualPageTouched touched)
                expected += filled.Add(touched.Vpn) ? 1 : 0;
            if (operation is PageFaulted faulted)
                expected += filled.Add(faulted.Vpn) ? 1 : 0;
            if (operation is PageUnmapped unmapped)
                filled.Remove(unmapped.Vpn);
        }

        Assert.Equal(expected, Esx.Of(Interposition.HiddenFault));
    }

    [Fact]
    public void Xen_has_no_hidden_faults_and_no_traps_on_page_tables() =>
        Assert.Equal((0, 0), (Xen.Of(Interposition.HiddenFault), Xen.Of(Interposition.PageTableWriteTrap)));

    [Fact]
    public void Xen_needs_a_hypercall_for_each_process_twice_and_for_each_fault() =>
        Assert.Equal(Operations<ProcessStarted>() + Operations<ProcessEnded>() + Operations<PageFaulted>(), Xen.Of(Interposition.MemoryHypercall));

    [Fact]
    public void Xen_is_told_of_packets_in_batches_of_eight() => Assert.Equal(Operations<PacketSent>() / 8, Xen.Of(Interposition.RingNotification));

    [Fact]
    public void Arrakis_is_called_to_set_up_and_to_tear_down_alone() =>
        Assert.Equal(1 + 2 * Operations<ProcessStarted>(), Arrakis.Total);

    [Fact]
    public void ESX_steps_in_most_and_Arrakis_least() => Assert.True(Esx.Total > Xen.Total && Xen.Total > 10 * Arrakis.Total, $"{Esx.Total}, {Xen.Total}, {Arrakis.Total}");

    [Fact]
    public void More_packets_cost_Arrakis_nothing()
    {
        CommonWorkload longer = CommonWorkload.Generate(seed: 1, steps: 40_000);
        Assert.Equal(Arrakis.Total, ArrakisInterposition.Run(longer).Total);
    }

    [Fact]
    public void ESX_loses_none_of_its_techniques() => Assert.Empty(Esx.Lost);

    [Fact]
    public void Xen_keeps_ballooning_and_loses_sharing_host_paging_sampling_and_remapping() =>
        Assert.Equal(
            ["popping a balloon that the guest touches", "recolouring", "paging by the host", "content-based sharing", "sampling for the idle memory tax", "hot I/O page remapping"],
            Xen.Lost.Select(t => t.Name));

    [Fact]
    public void Arrakis_keeps_only_the_choice_of_pages_at_set_up() =>
        Assert.Equal(["page colouring at allocation"], Technique.OfEsx.Except(Arrakis.Lost).Select(t => t.Name));

    [Fact]
    public void Xen_cannot_put_another_frame_behind_a_page_that_the_guest_maps()
    {
        XenPageTables tables = new([0, 0, 0]);
        tables.GuestWrite(0, 0, new XenEntry(2, true));
        tables.Pin(0, 0, XenFrameType.PageTable);
        Assert.False(XenInterposition.TryRemapBehindTheGuest(tables, 2));
    }

    [Fact]
    public void The_same_seed_gives_the_same_workload() =>
        Assert.Equal(Describe(CommonWorkload.Generate(7, 3, 500)), Describe(CommonWorkload.Generate(7, 3, 500)));

    private static string Describe(CommonWorkload workload) => string.Join('\n', workload.Operations.Select(o => o switch
    {
        ProcessStarted started => $"start {started.Process} {string.Join(' ', started.Pages)}",
        ProcessEnded ended => $"end {ended.Process} {string.Join(' ', ended.Pages)}",
        _ => o.ToString(),
    }));
}
