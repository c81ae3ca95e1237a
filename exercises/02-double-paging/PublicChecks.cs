using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Paging;

/// <summary>Targets are met exactly, in clusters; pages that are touched come back.</summary>
public sealed class ATarget : Check<ISwapDaemon>
{
    /// <inheritdoc/>
    public override string Hint => "Draw a victim, try to share it, put it into the cluster; write the cluster when it is full, and the rest at the end.";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        // By hand: 3 pages are one cluster of up to 4; 6 are a full one and one of 2. A page in costs an access each.
        PagingRun vm = new(student, run, pages: 12, clusterPages: 4, Held.Clusters);
        int[] first = vm.Reclaim(3);
        run.Equal(1, vm.Accesses, "the number of disk accesses so far");
        int[] second = vm.Reclaim(6);
        run.Equal(3, vm.Accesses, "the number of disk accesses so far");
        foreach (int page in first.Concat(second))
            vm.Touch(page);
        run.Equal(12, vm.Accesses, "the number of disk accesses so far");
        vm.Reclaim(0);
        vm.Reclaim(4);
        run.Equal(13, vm.Accesses, "the number of disk accesses so far");
    }
}

/// <summary>The host pages a page out, then the guest does: one disk access, not three.</summary>
public sealed class OneAccessInsteadOfThree : Check<ISwapDaemon>
{
    /// <inheritdoc/>
    public override string Hint => "The guest wants the page's contents to be in that block. They are on disk already: where? Nobody needs the page in memory for that.";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        // By hand: the host's write, nothing for the guest's write, and one read when the guest wants its block back, in another page.
        PagingRun vm = new(student, run, pages: 4, clusterPages: 4);
        int paged = vm.Reclaim(1)[0];
        vm.GuestWrites(paged, block: 7);
        run.Equal(1, vm.Accesses, "the number of disk accesses so far");
        vm.GuestReads(block: 7, (paged + 1) % 4);
        run.Equal(2, vm.Accesses, "the number of disk accesses so far");
    }
}
