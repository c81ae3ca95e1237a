using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Tests.Machine;

public sealed class MachineMemoryTests
{
    private readonly MachineMemory machine = new(new PageCount(4));

    [Fact]
    public void A_frame_is_zeroed_before_a_guest_gets_it() => Assert.True(machine.ContentsOf(machine.AllocateZeroed()!.Value).IsZero);

    [Fact]
    public void A_freed_frame_is_full_of_junk()
    {
        Mpn mpn = machine.AllocateZeroed()!.Value;
        machine.Write(mpn, ContentSeed.Of(1, 1));
        machine.Release(mpn);
        Assert.Equal(ContentSeed.Junk, machine.ContentsOf(mpn));
        Assert.Equal(0, machine.ReferencesOf(mpn));
    }

    [Fact]
    public void There_are_as_many_frames_as_it_was_built_with()
    {
        Mpn?[] frames = [.. Enumerable.Range(0, 5).Select(_ => machine.Allocate())];
        Assert.Equal([0, 1, 2, 3], frames.Take(4).Select(f => f!.Value.Value));
        Assert.Null(frames[4]);
    }

    [Fact]
    public void Releasing_a_free_frame_is_a_bug_that_shows() => Assert.Throws<InvalidOperationException>(() => machine.Release(new Mpn(2)));

    [Fact]
    public void It_takes_13_bytes_a_frame()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        MachineMemory large = new(new PageCount(1 << 20));
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(13, MachineMemory.BytesPerFrame);
        Assert.InRange(bytes / (double)large.FrameCount.Value, 13, 13.01);
    }
}
