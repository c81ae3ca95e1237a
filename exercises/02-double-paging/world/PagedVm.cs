using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Paging;

/// <summary>The VM, its memory and the host's swap space in the checks' world. Contents are numbers, so that lost ones show.</summary>
/// <remarks>
/// What breaks a rule is refused with a sentence; the first one is kept in <see cref="Breach"/>, for a daemon that catches it. Whatever is
/// graded is counted here: disk accesses, machine pages freed, slots in use.
/// </remarks>
internal sealed class PagedVm(int pages, int clusterPages, bool mustTrySharing, Func<int, int> draw) : IPagedVm
{
    private const int Junk = -1;
    private readonly PageState[] states = new PageState[pages];
    private readonly bool[] accessed = new bool[pages];
    private readonly int[] contents = [.. Enumerable.Range(0, pages)];
    private readonly HashSet<int> equalToOthers = [];
    private readonly HashSet<Ppn> tried = [];
    private readonly SortedDictionary<int, int> slots = [];
    private bool reclaims;

    /// <summary>Disk accesses so far.</summary>
    public int Accesses { get; private set; }

    /// <summary>The first rule that was broken, as a sentence; null if none was.</summary>
    public string? Breach { get; private set; }

    /// <summary>Pages that were tried for sharing in this reclamation.</summary>
    public int Tried => tried.Count;

    /// <summary>Pages that lost their machine page in this reclamation because an equal page was found.</summary>
    public List<Ppn> SharedNow { get; } = [];

    /// <summary>Pages that were written out in this reclamation, in order.</summary>
    public List<Ppn> WrittenNow { get; } = [];

    /// <summary>Slots of the swap space in use.</summary>
    public int SlotsInUse => slots.Count;

    public PageState StateOf(int page) => states[page];

    public bool InMemory(int page) => states[page] is PageState.Private or PageState.Shared or PageState.Pinned;

    /// <summary>What a page in memory holds.</summary>
    public int ContentsOf(int page) => contents[page];

    public void Set(PageState state, params IEnumerable<int> which)
    {
        foreach (int page in which)
            states[page] = state;
    }

    /// <summary>Other VMs have pages equal to these.</summary>
    public void EqualToOthers(params IEnumerable<int> which) => equalToOthers.UnionWith(which);

    /// <summary>The guest touches a page in memory. A write changes it, and breaks its sharing.</summary>
    public void Touch(int page, int? written)
    {
        accessed[page] = true;
        if (written is not int mark)
            return;
        contents[page] = mark;
        equalToOthers.Remove(page);
        if (states[page] == PageState.Shared)
            states[page] = PageState.Private;
    }

    public void BeginReclaim()
    {
        tried.Clear();
        SharedNow.Clear();
        WrittenNow.Clear();
        reclaims = true;
    }

    public void EndReclaim() => reclaims = false;

    public IReadOnlyList<PageView> Look()
    {
        PageView[] views = [.. states.Select((state, page) => new PageView(state, accessed[page]))];
        Array.Clear(accessed);
        return views;
    }

    public int Draw(int below)
    {
        Require(below > 0, $"a number from 0 to below {below} cannot be drawn");
        return draw(below);
    }

    public bool TryShare(Ppn page)
    {
        RequirePrivate(page, "tried for sharing");
        Require(reclaims, $"{page} was tried for sharing although no target was given");
        tried.Add(page);
        if (!equalToOthers.Contains(page.Value))
            return false;
        states[page.Value] = PageState.Shared;
        SharedNow.Add(page);
        return true;
    }

    public IReadOnlyList<int> WriteOut(IReadOnlyList<Ppn> cluster)
    {
        Require(reclaims, "pages were paged out although no target was given");
        Require(cluster.Count > 0, "a cluster without pages was written");
        Require(cluster.Count <= clusterPages, $"{cluster.Count} pages were written at once; a cluster has at most {clusterPages}");
        Accesses++;
        List<int> at = [];
        foreach (Ppn page in cluster)
        {
            RequirePrivate(page, "paged out");
            Require(!mustTrySharing || tried.Contains(page), $"{page} was paged out without being tried for sharing");
            at.Add(Store(page));
            (states[page.Value], contents[page.Value]) = (PageState.Absent, Junk);
            WrittenNow.Add(page);
        }

        return at;
    }

    public int Save(Ppn page)
    {
        RequirePage(page);
        Require(InMemory(page.Value), $"{page} was to be saved from memory, but it has no machine page");
        Accesses++;
        return Store(page);
    }

    public void ReadIn(int slot, Ppn page)
    {
        RequirePage(page);
        Require(slots.TryGetValue(slot, out int mark), $"slot {slot} was read, but nothing is in it");
        Require(states[page.Value] != PageState.Ballooned, $"a slot was read into {page}, which the balloon has");
        Accesses++;
        contents[page.Value] = mark;
        if (states[page.Value] is PageState.Absent or PageState.Shared)
            states[page.Value] = PageState.Private;
        equalToOthers.Remove(page.Value);
    }

    public void Free(int slot) => Require(slots.Remove(slot), $"slot {slot} was given back, but it is free");

    /// <summary>The lowest free number, so that whoever remembers an old slot soon finds somebody else's page in it.</summary>
    private int Store(Ppn page)
    {
        int slot = 0;
        while (slots.ContainsKey(slot))
            slot++;
        slots.Add(slot, contents[page.Value]);
        return slot;
    }

    private void RequirePrivate(Ppn page, string what)
    {
        RequirePage(page);
        Require(states[page.Value] == PageState.Private, states[page.Value] switch
        {
            PageState.Shared => $"{page} was {what}, but it is shared: its machine page stays with the others",
            PageState.Pinned => $"{page} was {what}, but it is pinned",
            PageState.Ballooned => $"{page} was {what}, but the balloon has it",
            _ => $"{page} was {what}, but it has no machine page",
        });
    }

    private void RequirePage(Ppn page) => Require(page.Value >= 0 && page.Value < states.Length, $"{page} is no page of this VM");

    private void Require(bool holds, string otherwise)
    {
        if (holds)
            return;
        Breach ??= otherwise;
        throw new InvalidOperationException(otherwise);
    }
}
