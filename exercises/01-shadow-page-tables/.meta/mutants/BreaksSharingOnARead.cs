// Mutant: copies a shared page at any touch.
namespace Homework;

public sealed class ShadowPageTables : IShadowPageTables
{
    // The way back, PPN -> entries, is as large as the tables themselves.
    private readonly Dictionary<(int Space, Vpn Page), ShadowEntry> entries = [];
    private readonly Dictionary<(int Space, Vpn Page), Ppn> mapped = [];
    private IVmMemory memory = null!;

    public void Start(IVmMemory memory) => this.memory = memory;

    public TouchOutcome Read(int space, Vpn page) => entries.ContainsKey((space, page)) ? TouchOutcome.Direct : Fault(space, page, write: false);

    public TouchOutcome Write(int space, Vpn page) => Entry(space, page) is { Writable: true } ? TouchOutcome.Direct : Fault(space, page, write: true);

    public void GuestWroteEntry(int space, Vpn page) => Drop((space, page));

    public void GuestEndedSpace(int space)
    {
        foreach ((int Space, Vpn Page) at in entries.Keys.Where(e => e.Space == space).ToArray())
            Drop(at);
    }

    public void BackingChanged(Ppn page)
    {
        foreach ((int Space, Vpn Page) at in mapped.Where(e => e.Value == page).Select(e => e.Key).ToArray())
            Drop(at);
    }

    public ShadowEntry? Entry(int space, Vpn page) => entries.GetValueOrDefault((space, page));

    private TouchOutcome Fault(int space, Vpn page, bool write)
    {
        if (memory.Walk(space, page) is not GuestEntry guest || (write && !guest.Writable))
            return TouchOutcome.GuestFault;
        if (memory.Backing(guest.Page) is null)
            memory.Bring(guest.Page);
        if (memory.Backing(guest.Page) is { Shared: true })
        {
            memory.BreakSharing(guest.Page);
            BackingChanged(guest.Page);
        }

        memory.MarkAccessed(space, page);
        if (write)
            memory.MarkDirty(space, page);
        PmapEntry machine = memory.Backing(guest.Page)!;
        entries[(space, page)] = new ShadowEntry(machine.Page, guest.Writable && !machine.Shared && (guest.Dirty || write));
        mapped[(space, page)] = guest.Page;
        return TouchOutcome.HiddenFault;
    }

    private void Drop((int Space, Vpn Page) at)
    {
        entries.Remove(at);
        mapped.Remove(at);
    }
}
