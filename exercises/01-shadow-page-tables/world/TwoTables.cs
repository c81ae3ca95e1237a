using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Shadow;

/// <summary>The guest's page tables and the pmap in the checks' world, with the bits that a processor sets.</summary>
internal sealed class TwoTables : IVmMemory
{
    private readonly Dictionary<(int Space, Vpn Page), GuestEntry> guest = [];
    private readonly PmapEntry?[] pmap;
    private int nextMachinePage;

    public TwoTables(int physicalPages)
    {
        pmap = new PmapEntry?[physicalPages];
        for (int page = 0; page < physicalPages; page++)
            pmap[page] = new PmapEntry(NewPage(), Shared: false);
    }

    public SortedSet<(int Space, int Page)> Accessed { get; } = [];

    public List<Ppn> Brought { get; } = [];

    public List<Ppn> Broken { get; } = [];

    public GuestEntry? Walk(int space, Vpn page) => guest.GetValueOrDefault((space, page));

    public PmapEntry? Backing(Ppn page) => pmap[Require(page)];

    public void MarkAccessed(int space, Vpn page)
    {
        RequireMapped(space, page);
        Accessed.Add((space, page.Value));
    }

    public void MarkDirty(int space, Vpn page) => guest[(space, page)] = RequireMapped(space, page) with { Dirty = true };

    public void Bring(Ppn page)
    {
        if (Backing(page) is not null)
            throw new InvalidOperationException($"{page} is in memory already");
        Brought.Add(page);
        pmap[page.Value] = new PmapEntry(NewPage(), Shared: false);
    }

    public void BreakSharing(Ppn page)
    {
        if (Backing(page) is not { Shared: true })
            throw new InvalidOperationException($"{page} is not shared");
        Broken.Add(page);
        pmap[page.Value] = new PmapEntry(NewPage(), Shared: false);
    }

    /// <summary>The guest writes an entry of its table; null takes it out.</summary>
    public void GuestWrites(int space, Vpn page, GuestEntry? entry)
    {
        Accessed.Remove((space, page.Value));
        if (entry is null)
            guest.Remove((space, page));
        else
            guest[(space, page)] = entry;
    }

    public void GuestEnds(int space)
    {
        foreach ((int Space, Vpn Page) at in guest.Keys.Where(e => e.Space == space).ToArray())
            GuestWrites(space, at.Page, null);
    }

    /// <summary>The host takes, moves or shares what is behind a page.</summary>
    public void HostWrites(Ppn page, bool inMemory, bool shared) => pmap[page.Value] = inMemory ? new PmapEntry(NewPage(), shared) : null;

    private Mpn NewPage() => new(100 + nextMachinePage++);

    private int Require(Ppn page) => page.Value >= 0 && page.Value < pmap.Length ? page.Value : throw new InvalidOperationException($"the VM has no {page}");

    private GuestEntry RequireMapped(int space, Vpn page) =>
        Walk(space, page) ?? throw new InvalidOperationException($"the guest maps nothing at {page} of space {space}");
}

/// <summary>Touches and changes of one VM by the student's code and by the reference beside it, each with tables of its own.</summary>
internal sealed class ShadowRun
{
    private readonly IShadowPageTables reference;
    private readonly TwoTables expected, actual;
    private readonly IShadowPageTables student;
    private readonly CheckRun run;
    private readonly int spaces, virtualPages;
    private readonly bool accessedBits;

    /// <param name="student">The student's tables.</param>
    /// <param name="run">The check.</param>
    /// <param name="spaces">Address spaces.</param>
    /// <param name="virtualPages">Pages in each.</param>
    /// <param name="physicalPages">Pages of the VM.</param>
    /// <param name="accessedBits">Whether accessed bits are held, too: who forgets them loses the checks that are about bits, not all.</param>
    public ShadowRun(IShadowPageTables student, CheckRun run, int spaces, int virtualPages, int physicalPages, bool accessedBits = false)
    {
        (this.student, this.run, this.spaces, this.virtualPages, this.accessedBits) = (student, run, spaces, virtualPages, accessedBits);
        reference = run.Reference<IShadowPageTables>();
        (expected, actual) = (new TwoTables(physicalPages), new TwoTables(physicalPages));
        reference.Start(expected);
        student.Start(actual);
    }

    public void Map(int space, int page, int physical, bool writable, bool dirty)
    {
        run.Step($"space {space}: the guest maps VPN {page} to PPN {physical}{(writable ? "" : ", read-only")}{(dirty ? ", dirty" : "")}");
        GuestWrites(space, new Vpn(page), new GuestEntry(new Ppn(physical), writable, dirty));
    }

    public void Unmap(int space, int page)
    {
        run.Step($"space {space}: the guest unmaps VPN {page}");
        GuestWrites(space, new Vpn(page), null);
    }

    /// <summary>The guest has written the page to its disk and clears the dirty bit.</summary>
    public void Clean(int space, int page)
    {
        run.Step($"space {space}: the guest cleans VPN {page}");
        if (expected.Walk(space, new Vpn(page)) is GuestEntry entry)
            GuestWrites(space, new Vpn(page), entry with { Dirty = false });
    }

    public void End(int space)
    {
        run.Step($"the guest ends space {space}");
        Both(tables => tables.GuestEnds(space), shadow => shadow.GuestEndedSpace(space));
    }

    public void HostTakes(int physical) => HostWrites(physical, "takes the machine page of", inMemory: false, shared: false);

    public void HostMoves(int physical) => HostWrites(physical, "moves", inMemory: true, shared: false);

    public void HostShares(int physical) => HostWrites(physical, "shares", inMemory: true, shared: true);

    public void Read(int space, int page, TouchOutcome? byHand = null) => Touch(space, page, "reads", shadow => shadow.Read(space, new Vpn(page)), byHand);

    public void Write(int space, int page, TouchOutcome? byHand = null) => Touch(space, page, "writes", shadow => shadow.Write(space, new Vpn(page)), byHand);

    private void Touch(int space, int page, string verb, Func<IShadowPageTables, TouchOutcome> touch, TouchOutcome? byHand)
    {
        run.Step($"space {space} {verb} VPN {page} ({Describe(space, new Vpn(page))})");
        TouchOutcome outcome = touch(reference), answer = touch(student);
        if (byHand is TouchOutcome worked)
            run.Equal(worked, answer, "the outcome");
        run.Equal(outcome, answer, "the outcome");
        Compare();
    }

    private void HostWrites(int physical, string verb, bool inMemory, bool shared)
    {
        Ppn page = new(physical);
        run.Step($"the host {verb} {page}");
        Both(tables => tables.HostWrites(page, inMemory, shared), shadow => shadow.BackingChanged(page));
    }

    private void GuestWrites(int space, Vpn page, GuestEntry? entry) =>
        Both(tables => tables.GuestWrites(space, page, entry), shadow => shadow.GuestWroteEntry(space, page));

    private void Both(Action<TwoTables> change, Action<IShadowPageTables> tell)
    {
        change(expected);
        change(actual);
        tell(reference);
        tell(student);
        Compare();
    }

    private string Describe(int space, Vpn page) => expected.Walk(space, page) is not GuestEntry entry
        ? "the guest maps nothing there"
        : $"{entry.Page}, {(entry.Writable ? "writable" : "read-only")}, {(entry.Dirty ? "dirty" : "clean")}, {Machine(entry.Page)}";

    private string Machine(Ppn page) => expected.Backing(page) switch
    {
        null => "not in memory",
        { Shared: true } => "shared",
        _ => "in memory",
    };

    private void Compare()
    {
        run.SameSequence(expected.Brought, actual.Brought, "page brought into memory");
        run.SameSequence(expected.Broken, actual.Broken, "page whose sharing is broken");
        for (int space = 0; space < spaces; space++)
            for (int number = 0; number < virtualPages; number++)
            {
                Vpn page = new(number);
                run.Equal(reference.Entry(space, page), student.Entry(space, page), $"the shadow entry of {page} in space {space} then");
                run.Equal(expected.Walk(space, page), actual.Walk(space, page), $"the guest's entry of {page} in space {space} then");
            }

        if (accessedBits)
            run.SameSequence([.. expected.Accessed], [.. actual.Accessed], "(space, page) with the accessed bit");
    }
}
