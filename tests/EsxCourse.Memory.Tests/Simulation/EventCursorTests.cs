using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

public sealed class EventCursorTests
{
    private readonly MemoryRecorder recorder = new();
    private readonly EsxHost host;
    private readonly VirtualMachine vm;

    public EventCursorTests()
    {
        host = new EsxHost(new HostOptions { MachineMemory = new PageCount(128), Observer = recorder });
        vm = host.AddVm(new VmOptions("Linux", new PageCount(64)));
        host.SetBalloonTarget(vm, new PageCount(30));
        host.Step();
        host.Touch(vm, new Ppn(40), AccessKind.Write);
    }

    [Fact]
    public void At_the_end_it_shows_the_pmap_as_it_is()
    {
        EventCursor cursor = recorder.Cursor();
        cursor.MoveTo(recorder.Events.Count);
        Assert.Equal(host.Snapshot(vm).States, cursor.PmapOf(vm.Id).States);
    }

    [Fact]
    public void Walking_back_undoes_everything()
    {
        EventCursor cursor = recorder.Cursor();
        Assert.True(cursor.MoveNext(e => e is BalloonInflated));
        string first = cursor.PmapOf(vm.Id).ToString();
        int place = cursor.Position;
        cursor.MoveTo(recorder.Events.Count);
        cursor.MoveTo(place);
        Assert.Equal(first, cursor.PmapOf(vm.Id).ToString());
        Assert.Equal(new PageCount(1), cursor.PmapOf(vm.Id).Count(PmapState.Ballooned));
    }

    [Fact]
    public void Before_a_VM_is_added_it_has_no_pmap() => Assert.Throws<ArgumentException>(() => recorder.Cursor().PmapOf(vm.Id));

    [Fact]
    public void It_stops_at_the_end()
    {
        EventCursor cursor = recorder.Cursor();
        while (cursor.MoveNext())
        {
        }

        Assert.Equal(recorder.Events.Count, cursor.Position);
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.MoveTo(recorder.Events.Count + 1));
    }
}
