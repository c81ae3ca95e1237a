using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Lecture.Tests.Steps;

/// <summary>A step view shows what the host really did, and nothing else.</summary>
public sealed class StepRecordingTests
{
    private static readonly PageCount Balloon = new(6);

    private readonly EsxHost host = new(new HostOptions { MachineMemory = new PageCount(64), BalloonRate = BalloonRate.Fixed(4), Observer = new MemoryRecorder() });
    private readonly VirtualMachine a;
    private readonly VirtualMachine b;

    public StepRecordingTests()
    {
        a = host.AddVm(new VmOptions("A", new PageCount(40)) { Min = new PageCount(8) });
        b = host.AddVm(new VmOptions("B", new PageCount(24)) { Min = new PageCount(8) });
        GuestProcess process = host.StartProcess(a, "server", new PageCount(30));
        for (int page = 0; page < 30; page++)
            host.Touch(a, process, new Vpn(page), AccessKind.Write);
    }

    [Fact]
    public void A_note_shows_every_pmap_as_the_host_had_it_at_that_moment()
    {
        StepRecording steps = StepRecording.Begin(host);
        List<PmapSnapshot> snapshots = [];
        void Note(string caption)
        {
            steps.Note(caption);
            snapshots.Add(host.Snapshot(a));
            snapshots.Add(host.Snapshot(b));
        }

        Note("before");
        host.SetBalloonTarget(a, Balloon);
        host.Run(SimDuration.FromSeconds(2));
        Note("inflated");
        host.Touch(a, Ballooned(), AccessKind.Write);
        Note("popped");
        host.Run(SimDuration.FromSeconds(2));
        Note("reset and inflated again");

        StepView view = steps.View("all");
        Assert.Equal(["before", "inflated", "popped", "reset and inflated again"], view.Frames.Select(frame => frame.Caption));
        Assert.Equal(
            snapshots.Select(snapshot => snapshot.States.Select(MemoryGrids.KindOf)),
            view.Frames.SelectMany(frame => frame.Grids.Take(2)).Select(grid => grid.Cells.Select(cell => cell.Kind)));
        Assert.Equal(4, snapshots.Select(snapshot => snapshot.ToString()).Where((_, i) => i % 2 == 0).Distinct().Count() + 1); // inflated twice looks the same
    }

    [Fact]
    public void The_shadow_page_table_has_an_entry_for_a_page_that_was_touched_and_none_once_its_machine_page_is_gone()
    {
        StepRecording steps = StepRecording.Begin(host).Note("touched");
        host.SetBalloonTarget(a, new PageCount(20));
        host.Run(SimDuration.FromSeconds(8));
        StepView view = steps.Note("ballooned").View("shadow", shadowPages: 30);
        int Entries(StepFrame frame) => frame.Grids[0].Cells.Count(cell => cell.Kind.Name == "shadow entry");
        Assert.Equal("shadow page table of A (VM1)", view.Frames[0].Grids[0].Title);
        Assert.Equal((30, true), (Entries(view.Frames[0]), Entries(view.Frames[1]) < 30));
    }

    [Fact]
    public void A_VM_that_comes_later_has_nothing_behind_its_pages_before()
    {
        StepRecording steps = StepRecording.Begin(host).Note("before");
        VirtualMachine c = host.AddVm(new VmOptions("C", new PageCount(4)) { Min = new PageCount(2) });
        host.Touch(c, new Ppn(3), AccessKind.Write);
        StepView view = steps.Note("after").View("a third VM");
        Assert.Equal(["pmap of C (VM3)", "pmap of C (VM3)"], view.Frames.Select(frame => frame.Grids[2].Title));
        Assert.All(view.Frames[0].Grids[2].Cells, cell => Assert.Equal("unbacked", cell.Kind.Name));
        Assert.Equal("mapped", view.Frames[1].Grids[2].Cells[3].Kind.Name);
    }

    [Fact]
    public void A_frame_that_the_host_keeps_is_not_called_free()
    {
        EsxHost copying = new(new HostOptions { MachineMemory = new PageCount(32), Observer = new MemoryRecorder(), HotIo = new HotIoOptions { DeviceReach = new PageCount(8), BouncePages = 2 } });
        copying.AddVm(new VmOptions("A", new PageCount(8)) { Min = new PageCount(4) });
        StepGrid machine = StepRecording.Begin(copying).Note("now").View("machine").Frames.Single().Grids[^1];
        Assert.Equal(2, machine.Cells.Count(cell => cell.Kind.Name == "frame of the host" && cell.Label.EndsWith(": the host's own", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_machine_shows_each_frame_with_the_page_that_it_backs()
    {
        StepFrame frame = StepRecording.Begin(host).Note("now").View("machine").Frames.Single();
        StepGrid machine = frame.Grids[^1];
        Assert.Equal(64, machine.Cells.Length);
        Assert.Equal((a.Allocated + b.Allocated).Value, machine.Cells.Count(cell => cell.Kind.Name.StartsWith("frame of", StringComparison.Ordinal)));
        for (int page = 0; page < 40; page++)
            if (a.MpnOf(new Ppn(page)) is { } mpn)
                Assert.Equal($"{mpn}: A (VM1) {new Ppn(page)}", machine.Cells[mpn.Value].Label);
    }

    [Fact]
    public void An_event_that_matches_is_a_moment_behind_it()
    {
        StepRecording steps = StepRecording.Begin(host);
        host.SetBalloonTarget(a, Balloon);
        host.Run(SimDuration.FromSeconds(2));
        StepView view = steps.View("inflating", happened => happened is BalloonInflated);
        Assert.Equal(
            Enumerable.Range(1, (int)Balloon.Value),
            view.Frames.Select(frame => frame.Grids[0].Cells.Count(cell => cell.Kind == MemoryGrids.KindOf(PmapState.Ballooned))));
    }

    [Fact]
    public void What_happened_before_the_recording_began_is_no_moment()
    {
        host.SetBalloonTarget(a, Balloon);
        host.Run(SimDuration.FromSeconds(2));
        StepRecording steps = StepRecording.Begin(host).Note("only this");
        Assert.Equal(["only this"], steps.View("late", happened => happened is BalloonInflated).Frames.Select(frame => frame.Caption));
    }

    [Fact]
    public void A_host_that_keeps_no_events_cannot_be_watched()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => StepRecording.Begin(new EsxHost(new HostOptions())));
        Assert.Contains("MemoryRecorder", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_without_a_moment_says_so() =>
        Assert.Contains("no moments", Assert.Throws<ArgumentException>(() => StepRecording.Begin(host).View("nothing")).Message, StringComparison.Ordinal);

    private Ppn Ballooned() => new(host.Snapshot(a).States.IndexOf(PmapState.Ballooned));
}
