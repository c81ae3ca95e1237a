using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Paging;

/// <summary>What a check holds beside what every check does: victims, contents, and the disk accesses that the guest waits for.</summary>
/// <remarks>A mistake costs the check that is about it, not all the others.</remarks>
[Flags]
internal enum Held
{
    Nothing = 0,
    Clusters = 1,
    Sharing = 2,
    Slots = 4,
}

/// <summary>A guest and a host around the student's daemon: every step is played, and then held to what the lecture says of it.</summary>
/// <remarks>
/// The daemon chooses its victims itself, so there is no fixed course to compare with. What each step may cost follows from where the
/// contents are: a copy on disk has a number here, and a page and a block with the same number need one slot between them.
/// </remarks>
internal sealed class PagingRun
{
    private readonly ISwapDaemon student;
    private readonly CheckRun run;
    private readonly int clusterPages;
    private readonly Held held;
    private readonly int[] pageHolds;
    private readonly Dictionary<int, int> blockHolds = [];
    private readonly Dictionary<int, int> copyOfPage = [];
    private readonly Dictionary<int, int> copyOfBlock = [];
    private int lastMark, lastCopy, accessesBefore;

    public PagingRun(ISwapDaemon student, CheckRun run, int pages, int clusterPages, Held held = Held.Nothing, Func<int, int>? draw = null)
    {
        (this.student, this.run, this.clusterPages, this.held) = (student, run, clusterPages, held);
        pageHolds = [.. Enumerable.Range(0, pages)];
        lastMark = pages;
        Vm = new PagedVm(pages, clusterPages, held.HasFlag(Held.Sharing), draw ?? (below => run.Inputs.Whole(0, below - 1)));
        run.Step("a new daemon");
        student.Start(Vm, clusterPages);
    }

    /// <summary>Said before each step.</summary>
    public string Setting { get; init; } = "";

    public PagedVm Vm { get; }

    /// <summary>How often the guest wrote a page to its disk that the host had paged out.</summary>
    public int DoublePagings { get; private set; }

    public int Accesses => Vm.Accesses;

    /// <summary>A target for the daemon.</summary>
    /// <returns>The pages that lost their machine page, shared ones first.</returns>
    public int[] Reclaim(int target)
    {
        int mayGo = Enumerable.Range(0, pageHolds.Length).Count(p => Vm.StateOf(p) == PageState.Private);
        Begin($"a target of {target}, {mayGo} pages may go, clusters of {clusterPages}");
        Vm.BeginReclaim();
        PageCount answer = student.Reclaim(new PageCount(target));
        Vm.EndReclaim();
        foreach (Ppn page in Vm.WrittenNow)
            copyOfPage[page.Value] = ++lastCopy;
        int freed = Vm.SharedNow.Count + Vm.WrittenNow.Count;
        HoldRules();
        run.Equal(Math.Min(target, mayGo), freed, "the number of machine pages freed");
        run.Equal(new PageCount(freed), answer, "the number that Reclaim returns");
        if (held.HasFlag(Held.Sharing))
            run.Equal(freed, Vm.Tried, "the number of pages tried for sharing");
        if (held.HasFlag(Held.Clusters))
            run.Equal((Vm.WrittenNow.Count + clusterPages - 1) / clusterPages, Vm.Accesses - accessesBefore, "the number of disk accesses");
        HoldSlots();
        return [.. Vm.SharedNow.Concat(Vm.WrittenNow).Select(p => p.Value)];
    }

    /// <summary>The guest reads or writes a page.</summary>
    public void Touch(int page, bool write = false)
    {
        if (Vm.StateOf(page) == PageState.Absent)
        {
            if (copyOfPage.ContainsKey(page))
                PageIn(page);
            else
                Vm.Set(PageState.Private, page); // a first touch, which the daemon does not see
        }

        if (write)
            pageHolds[page] = ++lastMark;
        Vm.Touch(page, write ? lastMark : null);
    }

    /// <summary>The guest writes a page to a block of its paging disk.</summary>
    public void GuestWrites(int page, int block)
    {
        bool pagedOut = copyOfPage.TryGetValue(page, out int copy);
        Begin($"the guest writes {new Ppn(page)}, {(pagedOut ? "which the host has paged out" : "which is in memory")}, to block {block}");
        DoublePagings += pagedOut ? 1 : 0;
        (blockHolds[block], copyOfBlock[block]) = (pageHolds[page], pagedOut ? copy : ++lastCopy);
        student.GuestWrites(new Ppn(page), block);
        HoldRules();
        HoldDisk(pagedOut ? 0 : 1);
        run.Equal(!pagedOut, Vm.InMemory(page), "whether the page is in memory then");
    }

    /// <summary>The guest reads a block of its paging disk into a page.</summary>
    public void GuestReads(int block, int page)
    {
        Begin($"the guest reads block {block} into {new Ppn(page)}, {(copyOfPage.ContainsKey(page) ? "which the host has paged out" : "which is in memory")}");
        pageHolds[page] = blockHolds[block];
        copyOfPage.Remove(page);
        student.GuestReads(block, new Ppn(page));
        HoldRules();
        HoldDisk(1);
        HoldContents(page, $"what the guest wrote to block {block}");
        Vm.Touch(page, null);
    }

    private void PageIn(int page)
    {
        Begin($"the guest touches {new Ppn(page)}, which the host has paged out");
        copyOfPage.Remove(page);
        student.Touched(new Ppn(page));
        HoldRules();
        HoldDisk(1);
        HoldContents(page, "what it held when it was paged out");
    }

    private void Begin(string step)
    {
        run.Step(Setting.Length > 0 ? $"{Setting}: {step}" : step);
        accessesBefore = Vm.Accesses;
    }

    private void HoldRules() => run.True(Vm.Breach is null, Vm.Breach ?? "");

    private void HoldDisk(int accesses)
    {
        run.Equal(accesses, Vm.Accesses - accessesBefore, "the number of disk accesses");
        HoldSlots();
    }

    private void HoldSlots()
    {
        if (held.HasFlag(Held.Slots))
            run.Equal(copyOfPage.Values.Concat(copyOfBlock.Values).Distinct().Count(), Vm.SlotsInUse, "the number of slots in use then");
    }

    private void HoldContents(int page, string what)
    {
        run.True(Vm.InMemory(page), $"{new Ppn(page)} should be in memory now");
        run.True(Vm.ContentsOf(page) == pageHolds[page], $"{new Ppn(page)} should hold {what}; it holds something else");
    }
}
