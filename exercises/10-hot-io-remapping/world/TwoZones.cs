using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.HotIo;

/// <summary>Low and high memory in the checks' world. Each page holds a mark, so that a lost copy shows.</summary>
internal sealed class TwoZones : IMachineMemory
{
    private const int Lost = -1;
    private readonly int lowPages;
    private readonly int[] marks;
    private readonly SortedSet<int> free = [];

    /// <param name="lowPages">Pages below this number are low.</param>
    /// <param name="pages">All pages.</param>
    /// <param name="pmap">Where the VM's pages are; all others are free.</param>
    public TwoZones(int lowPages, int pages, IReadOnlyList<Mpn> pmap)
    {
        this.lowPages = lowPages;
        marks = [.. Enumerable.Repeat(Lost, pages)];
        free.UnionWith(Enumerable.Range(0, pages).Except(pmap.Select(p => p.Value)));
        for (int page = 0; page < pmap.Count; page++)
            marks[pmap[page].Value] = page;
    }

    public int Copies { get; private set; }

    public int FreeLow => free.Count(p => p < lowPages);

    public int FreeHigh => free.Count - FreeLow;

    /// <summary>Which page of the VM a machine page holds; -1 for none.</summary>
    public int MarkOf(Mpn page) => free.Contains(page.Value) ? Lost : marks[page.Value];

    public bool IsLow(Mpn page) => page.Value < lowPages;

    public Mpn? AllocateLow() => Allocate(p => p < lowPages);

    public Mpn? AllocateHigh() => Allocate(p => p >= lowPages);

    public void Copy(Mpn from, Mpn to)
    {
        Require(from);
        Require(to);
        Copies++;
        marks[to.Value] = marks[from.Value];
    }

    public void Free(Mpn page)
    {
        Require(page);
        marks[page.Value] = Lost;
        free.Add(page.Value);
    }

    /// <summary>Another VM takes or gives back low memory.</summary>
    public void TakeFreeLow() => free.RemoveWhere(p => p < lowPages);

    private Mpn? Allocate(Predicate<int> zone)
    {
        foreach (int page in free)
            if (zone(page))
            {
                free.Remove(page);
                return new Mpn(page);
            }

        return null;
    }

    private void Require(Mpn page)
    {
        if (page.Value < 0 || page.Value >= marks.Length || free.Contains(page.Value))
            throw new InvalidOperationException($"{page} is free or not there: another VM may have it by now");
    }
}

/// <summary>Transfers of one VM by the student's code and by the reference beside it.</summary>
internal sealed class TransferRun
{
    private readonly IHotIoRemapping reference;
    private readonly IHotIoRemapping student;
    private readonly CheckRun run;
    private readonly int pages;
    private readonly TwoZones expected, actual;
    private readonly string machine;

    public TransferRun(IHotIoRemapping student, CheckRun run, int lowPages, int pages, int[] pmap, HeatRules rules)
    {
        Mpn[] at = [.. pmap.Select(p => new Mpn(p))];
        (this.student, this.run, this.pages) = (student, run, pmap.Length);
        (expected, actual) = (new TwoZones(lowPages, pages, at), new TwoZones(lowPages, pages, at));
        machine = $"{lowPages} low pages of {pages}, hot at {rules.HotAt}, lead {rules.Lead}";
        reference = run.Reference<IHotIoRemapping>();
        reference.Start(expected, at, rules);
        student.Start(actual, at, rules);
    }

    public TransferOutcome Transfer(int page, TransferOutcome? byHand = null)
    {
        run.Step($"{machine}: transfer of PPN {page}, heat {reference.Heat(new Ppn(page))}, at {reference.Backing(new Ppn(page))}");
        TransferOutcome outcome = reference.Transfer(new Ppn(page)), answer = student.Transfer(new Ppn(page));
        if (byHand is TransferOutcome worked)
            run.Equal(worked, answer, "the outcome");
        run.Equal(outcome, answer, "the outcome");
        Compare();
        return outcome;
    }

    public void Cool()
    {
        run.Step($"{machine}: a period is over");
        reference.Cool();
        student.Cool();
        Compare();
    }

    public void OthersTakeLowMemory()
    {
        expected.TakeFreeLow();
        actual.TakeFreeLow();
    }

    private void Compare()
    {
        for (int page = 0; page < pages; page++)
        {
            Ppn ppn = new(page);
            run.Equal(reference.Heat(ppn), student.Heat(ppn), $"the heat of {ppn} then");
            run.Equal(reference.Backing(ppn), student.Backing(ppn), $"the machine page of {ppn} then");
            run.True(actual.MarkOf(student.Backing(ppn)) == page, $"{ppn} lost its contents on the way to {student.Backing(ppn)}");
        }

        run.Equal((expected.FreeLow, expected.FreeHigh), (actual.FreeLow, actual.FreeHigh), "the numbers of free low and high pages then");
        run.Equal(expected.Copies, actual.Copies, "the number of pages copied");
    }
}
