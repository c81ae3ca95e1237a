using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Paging;

/// <summary>Only private pages go; if there are too few, all of them, and the daemon says so.</summary>
public sealed class WhoMayGo : Check<ISwapDaemon>
{
    /// <inheritdoc/>
    public override string Hint => "Which states have a machine page of their own that could be freed? A target may be larger than what there is.";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        // Sixteen pages in random places: 3 shared, 2 pinned, 3 ballooned, 2 never touched, so 6 may go; 2 and 3 of them, then the last one, then none.
        int[] order = [.. Enumerable.Range(0, 16).OrderBy(_ => run.Inputs.Whole(0, 1_000_000))];
        PagingRun vm = new(student, run, pages: 16, clusterPages: 4) { Setting = "3 pages are shared, 2 pinned, 3 ballooned, 2 never touched" };
        vm.Vm.Set(PageState.Shared, order[..3]);
        vm.Vm.Set(PageState.Pinned, order[3..5]);
        vm.Vm.Set(PageState.Ballooned, order[5..8]);
        vm.Vm.Set(PageState.Absent, order[8..10]);
        run.Equal(2, vm.Reclaim(2).Length, "the number of pages that went");
        run.Equal(3, vm.Reclaim(3).Length, "the number of pages that went");
        run.Equal(1, vm.Reclaim(run.Inputs.Whole(2, 9)).Length, "the number of pages that went");
        run.Equal(0, vm.Reclaim(1).Length, "the number of pages that went");
        vm.Touch(order[10]);
        run.SameSequence([order[10]], vm.Reclaim(run.Inputs.Whole(2, 9)), "page paged out");
    }
}

/// <summary>A victim that has an equal page somewhere is shared, which frees its machine page without the disk.</summary>
public sealed class SharingBeforePaging : Check<ISwapDaemon>
{
    /// <inheritdoc/>
    public override string Hint => "Every victim is tried for sharing, and nothing but victims: looking for an equal page costs time, too. What does a shared page add to the target, and to the cluster?";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        int equal = run.Inputs.Whole(5, 7);
        PagingRun vm = new(student, run, pages: 20, clusterPages: 3, Held.Clusters | Held.Sharing) { Setting = $"{equal} of 20 pages have an equal page in another VM" };
        vm.Vm.EqualToOthers(Enumerable.Range(0, 20).OrderBy(_ => run.Inputs.Whole(0, 1_000_000)).Take(equal));
        vm.Reclaim(8);
        vm.Reclaim(7);
        vm.Reclaim(20);
        run.Equal(equal, Enumerable.Range(0, 20).Count(p => vm.Vm.StateOf(p) == PageState.Shared), "the number of pages shared in the end");

        // Written, a shared page is private again, and unlike any other: now it can only be paged out.
        int written = Enumerable.Range(0, 20).First(p => vm.Vm.StateOf(p) == PageState.Shared);
        vm.Touch(written, write: true);
        run.SameSequence([written], vm.Reclaim(4), "page that went");
        vm.Touch(written);
    }
}

/// <summary>Every page that may go is as likely as any other, whatever the guest does, and each draw counts.</summary>
public sealed class VictimsAtRandom : Check<ISwapDaemon>
{
    private const int Pages = 20, Rounds = 500, PairRounds = 150;

    // Pearson's statistic over ten pages; chance alone passes it once in ten million times.
    private const double MostSpread = 50;

    // Among ten pages in a ring two are neighbours in 2 of 9 cases, here about 33 of 150 times; seven standard deviations more are 69.
    private const int MostNeighbours = 70;

    // The victim of one target is that of the next in one case of ten, here about 50 times; six standard deviations less are 10.
    private const int FewestRepeats = 10;

    /// <inheritdoc/>
    public override string Hint => "The host does not know what matters to the guest; whatever rule it uses, the guest may use, too. So: each page that may go with the same chance, drawn anew for each victim, and no accessed bits.";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        // Half of the pages may not go, most of them in a row; the guest keeps touching half of those that may.
        int begin = run.Inputs.Whole(0, Pages - 1);
        int[] ring = [.. Enumerable.Range(begin, Pages).Select(p => p % Pages)];
        int[] mayGo = [.. ring[..2].Concat(ring[9..15]).Concat(ring[16..17]).Concat(ring[18..19]).Order()];
        int[] busy = [.. mayGo.OrderBy(_ => run.Inputs.Whole(0, 1_000_000)).Take(5)];
        PagingRun vm = new(student, run, Pages, clusterPages: 4) { Setting = "10 of 20 pages may go, 5 of them are in use all the time" };
        vm.Vm.Set(PageState.Pinned, ring.Except(mayGo));
        Singles(vm, run, mayGo, busy);
        PairsAreNoNeighbours(vm, run, mayGo);
        DrawsDecide(run);
    }

    private static void Singles(PagingRun vm, CheckRun run, int[] mayGo, int[] busy)
    {
        int[] times = new int[Pages];
        int last = -1, repeats = 0;
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int page in busy)
                vm.Touch(page);
            int victim = vm.Reclaim(1)[0];
            times[victim]++;
            repeats += victim == last ? 1 : 0;
            last = victim;
            vm.Touch(victim);
        }

        double expected = (double)Rounds / mayGo.Length;
        int worst = mayGo.MaxBy(p => Math.Abs(times[p] - expected));
        run.Step($"{vm.Setting}; {Rounds} targets of 1");
        run.True(mayGo.Sum(p => (times[p] - expected) * (times[p] - expected) / expected) <= MostSpread,
            $"each page should be the victim about {expected:0} times; {(busy.Contains(worst) ? "one of those in use" : "one of those not in use")}, PPN {worst}, was it {times[worst]} times");
        run.True(repeats >= FewestRepeats, $"a page that has just come back is as likely as any other: it should go again at once about {expected:0} times, and did {repeats} times");
    }

    private static void PairsAreNoNeighbours(PagingRun vm, CheckRun run, int[] mayGo)
    {
        int neighbours = 0;
        for (int round = 0; round < PairRounds; round++)
        {
            int[] pair = vm.Reclaim(2);
            int apart = Math.Abs(Array.IndexOf(mayGo, pair[0]) - Array.IndexOf(mayGo, pair[1]));
            neighbours += apart is 1 or 9 ? 1 : 0;
            vm.Touch(pair[0]);
            vm.Touch(pair[1]);
        }

        run.Step($"{vm.Setting}; {PairRounds} targets of 2");
        run.True(neighbours <= MostNeighbours, $"two victims should be next to each other about {PairRounds * 2 / 9} times; they were {neighbours} times");
    }

    private static void DrawsDecide(CheckRun run)
    {
        double[] draws = [.. Enumerable.Range(0, 256).Select(_ => run.Inputs.Fraction())], others = [.. Enumerable.Range(0, 256).Select(_ => run.Inputs.Fraction())];
        int[] first = Victims(run, draws), again = Victims(run, draws), different = Victims(run, others);
        run.Step("two daemons, 40 pages, a target of 12");
        run.True(first.SequenceEqual(again), "the same draws should give the same victims: Draw is the only source of chance");
        run.True(!first.SequenceEqual(different), "other draws should give other victims: the victims do not depend on Draw");
    }

    private static int[] Victims(CheckRun run, double[] draws)
    {
        int used = 0;
        PagingRun vm = new(run.Another<ISwapDaemon>(), run, pages: 40, clusterPages: 16, Held.Nothing, below => (int)(draws[used++ % draws.Length] * below));
        return vm.Reclaim(12);
    }
}

/// <summary>The guest's paging disk keeps what was written to it, at the lowest price.</summary>
public sealed class TheTrappedDisk : Check<ISwapDaemon>
{
    /// <inheritdoc/>
    public override string Hint => "A page in memory is written once and stays. What is about to be overwritten need not be read. And a block can be read as often as the guest likes.";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        PagingRun vm = new(student, run, pages: 6, clusterPages: 8);
        int page = run.Inputs.Whole(0, 5), other = (page + run.Inputs.Whole(1, 5)) % 6;
        vm.GuestWrites(page, block: 3);
        vm.Touch(page, write: true);
        vm.GuestReads(block: 3, other);
        vm.GuestReads(block: 3, page);
        run.Equal(3, vm.Accesses, "the number of disk accesses so far");

        // A page that the host paged out gets a block's contents: its own are not read first.
        int[] paged = vm.Reclaim(6);
        int before = vm.Accesses;
        vm.GuestReads(block: 3, paged[0]);
        vm.GuestReads(block: 3, paged[1]);
        run.Equal(2, vm.Accesses - before, "the number of disk accesses since all pages were paged out");

        // Twice the same block: from memory, then from a page that is paged out.
        vm.GuestWrites(paged[0], block: 4);
        vm.GuestWrites(paged[2], block: 4);
        vm.GuestWrites(paged[3], block: 3);
        vm.GuestReads(block: 4, paged[5]);
        vm.GuestReads(block: 3, paged[4]);
        run.Equal(5, vm.Accesses - before, "the number of disk accesses since all pages were paged out");
    }
}

/// <summary>A slot is free when neither a page nor a block needs it, and not before.</summary>
public sealed class Slots : Check<ISwapDaemon>
{
    /// <inheritdoc/>
    public override string Hint => "After double paging one slot has two users: the page, which the guest may still look at, and the block. Go through all that can end either.";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        PagingRun vm = new(student, run, pages: 6, clusterPages: 6, Held.Slots);
        int first = run.Inputs.Whole(0, 9), second = first + run.Inputs.Whole(1, 9);
        int[] paged = vm.Reclaim(6);

        // The page ends first: it is touched, it gets other contents.
        vm.GuestWrites(paged[0], first);
        vm.Touch(paged[0], write: true);
        vm.GuestWrites(paged[1], second);
        vm.GuestReads(first, paged[1]);
        run.Equal(6, vm.Vm.SlotsInUse, "the number of slots in use: four pages and two blocks need one each");

        // The block ends first: it is overwritten, from memory and from a page that is paged out. Then the page does.
        vm.GuestWrites(paged[2], first);
        vm.GuestWrites(paged[0], first);
        vm.GuestWrites(paged[3], second);
        vm.GuestWrites(paged[2], second);
        vm.Touch(paged[2]);
        vm.Touch(paged[3]);

        // The same page to two blocks, and to the same block twice.
        vm.GuestWrites(paged[4], first);
        vm.GuestWrites(paged[4], second);
        vm.GuestWrites(paged[4], second);
        vm.Touch(paged[4]);
        vm.GuestWrites(paged[0], first);
        vm.GuestWrites(paged[0], second);
        vm.GuestReads(second, paged[5]);
        run.Equal(2, vm.Vm.SlotsInUse, "the number of slots in use: two blocks need one each");
        vm.GuestReads(first, paged[5]);
    }
}

/// <summary>The memory manager's own guest pages by LRU, on a host that has less memory than the guest believes to have.</summary>
public sealed class AGuestThatPages : Check<ISwapDaemon>
{
    private const int Steps = 800, Target = 4;

    // Of what LRU comes to, random victims come to less than a half here, give or take a twentieth.
    private const double MostOfLru = 0.8;

    /// <inheritdoc/>
    public override string Hint => "Follow the page that is named: who wrote it out, to which slot, and who needs that slot still? And whose rule are your victims chosen by?";

    /// <inheritdoc/>
    protected override void Run(ISwapDaemon student, CheckRun run)
    {
        IReadOnlyList<GuestStep> steps = GuestTrace.Of(run.Inputs, Steps);
        int resident = run.Inputs.Whole(39, 42);
        PagingRun vm = new(student, run, GuestTrace.Pages, clusterPages: 4, Held.Slots) { Setting = $"a guest of {GuestTrace.Pages} pages on a host with {resident}" };
        vm.Vm.Set(PageState.Absent, Enumerable.Range(0, GuestTrace.Pages));
        foreach (GuestStep step in steps)
        {
            Play(vm, step);
            if (Enumerable.Range(0, GuestTrace.Pages).Count(vm.Vm.InMemory) > resident)
                vm.Reclaim(Target);
        }

        int lru = GuestTrace.DoublePagingsOfLru(steps, resident, Target);
        run.Step($"{vm.Setting}, at the end");
        run.True(vm.DoublePagings <= MostOfLru * lru, $"the guest picked {vm.DoublePagings} pages that you had paged out; of a host with LRU it would have picked {lru}, and random victims should do much better");
    }

    private static void Play(PagingRun vm, GuestStep step)
    {
        if (step.Block is not int block)
            vm.Touch(step.Page, step.Write);
        else if (step.Write)
            vm.GuestWrites(step.Page, block);
        else
            vm.GuestReads(block, step.Page);
    }
}
