namespace EsxCourse.Memory.Alternatives;

// Xen's answer to the same problem (SOSP '03 §3.3.3, §4.2): no shadow. The guest's own page tables are what the hardware walks; they
// hold machine addresses, the guest may read but not write them, and asks Xen for every change. Xen checks each change, so
// that no guest ever gets a writable mapping of a page table or any mapping of another guest's frame.
//
//   frame:  one type of {PD, PT, LDT, GDT, RW}, and how many references need that type
//   a PD entry      needs its target to be PT       a base pointer or a pin needs PD (or PT)
//   a writable PT entry needs its target to be RW   a read-only PT entry needs no type
//
// A frame becomes PT or PD only when its contents have been validated, entry by entry; the references that its entries take are
// given back when the last reference to the table goes. Pinning holds one reference, so that a table that is switched away is
// not validated again and again.
//
// Always: a frame's type is None exactly while its count is 0, and the type cannot change before; so no table is ever writable.
// Left out: one level more (PAE), superpages, segment checks in descriptor tables beyond their type, several processors.

/// <summary>Page tables that a guest owns and Xen validates.</summary>
public sealed class XenPageTables
{
    /// <summary>Entries in a table: 4 KiB of 4 bytes each (IA-32).</summary>
    public const int EntriesPerTable = 1024;

    private readonly XenFrameType[] types;
    private readonly int[] counts;
    private readonly bool[] pinned;
    private readonly int[] owners;

    // What a frame holds as a table. Guests write it directly while the frame is no table yet.
    private readonly Dictionary<int, XenEntry[]> tables = [];
    private int basePointer = -1;

    /// <summary>Gives frames to domains.</summary>
    /// <param name="owners">The domain that owns each frame, indexed by machine frame.</param>
    public XenPageTables(IReadOnlyList<int> owners)
    {
        this.owners = [.. owners];
        types = new XenFrameType[owners.Count];
        counts = new int[owners.Count];
        pinned = new bool[owners.Count];
    }

    /// <summary>Calls into Xen, each with as many updates as the guest put into it.</summary>
    public long Hypercalls { get; private set; }

    /// <summary>Entries that Xen looked at: updates, and entries of tables that became tables.</summary>
    public long EntriesValidated { get; private set; }

    /// <summary>Requests that Xen refused.</summary>
    public long Refusals { get; private set; }

    /// <summary>What a frame is used for now.</summary>
    /// <param name="frame">The machine frame.</param>
    /// <returns>Its type.</returns>
    public XenFrameType TypeOf(int frame) => types[frame];

    /// <summary>How many references need a frame's type.</summary>
    /// <param name="frame">The machine frame.</param>
    /// <returns>That many; 0 exactly for type None.</returns>
    public int CountOf(int frame) => counts[frame];

    /// <summary>Whether a frame is pinned to its type.</summary>
    /// <param name="frame">The machine frame.</param>
    public bool IsPinned(int frame) => pinned[frame];

    /// <summary>The page directory in use; -1 at first.</summary>
    public int BasePointer => basePointer;

    /// <summary>An entry as the hardware sees it.</summary>
    /// <param name="table">The frame of the table.</param>
    /// <param name="index">Which entry.</param>
    /// <returns>The entry; not present if nothing was ever written there.</returns>
    public XenEntry EntryOf(int table, int index) => tables.TryGetValue(table, out XenEntry[]? entries) ? entries[index] : XenEntry.NotPresent;

    /// <summary>The guest writes a frame directly, as memory: allowed only while the frame is no table. No hypercall.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="index">Which word of it.</param>
    /// <param name="entry">What to write there.</param>
    /// <returns>False: the frame is read-only to the guest, the write faults.</returns>
    public bool GuestWrite(int frame, int index, XenEntry entry)
    {
        if (types[frame] is not (XenFrameType.None or XenFrameType.Writable))
            return false;
        Entries(frame)[index] = entry;
        return true;
    }

    /// <summary>Hypercall: changes entries of tables, many at a time.</summary>
    /// <param name="domain">Who asks.</param>
    /// <param name="updates">The changes, done in order.</param>
    /// <returns>How many were done; the first that is refused stops the rest.</returns>
    public int MmuUpdate(int domain, IReadOnlyList<XenUpdate> updates)
    {
        Hypercalls++;
        for (int done = 0; done < updates.Count; done++)
            if (!Update(domain, updates[done]))
            {
                Refusals++;
                return done;
            }

        return updates.Count;
    }

    /// <summary>Hypercall: validates a frame as a table and holds it there.</summary>
    /// <param name="domain">Who asks.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="type">What it shall be: a PD, PT, LDT or GDT.</param>
    /// <returns>Whether it is pinned now.</returns>
    public bool Pin(int domain, int frame, XenFrameType type)
    {
        Hypercalls++;
        bool done = type is not (XenFrameType.None or XenFrameType.Writable) && !pinned[frame] && Take(domain, frame, type);
        pinned[frame] |= done;
        return done || Refused();
    }

    /// <summary>Hypercall: lets a pinned table go; if nothing else needs it, it becomes ordinary memory.</summary>
    /// <param name="domain">Who asks.</param>
    /// <param name="frame">The pinned frame.</param>
    /// <returns>Whether it was pinned, and the asker's own.</returns>
    public bool Unpin(int domain, int frame)
    {
        Hypercalls++;
        if (!pinned[frame] || owners[frame] != domain)
            return Refused();
        pinned[frame] = false;
        Give(frame);
        return true;
    }

    /// <summary>Hypercall: switches to another page directory.</summary>
    /// <param name="domain">Who asks.</param>
    /// <param name="directory">The frame of the page directory.</param>
    /// <returns>Whether the switch was made.</returns>
    public bool NewBasePointer(int domain, int directory)
    {
        Hypercalls++;
        if (!Take(domain, directory, XenFrameType.PageDirectory))
            return Refused();
        if (basePointer >= 0)
            Give(basePointer);
        basePointer = directory;
        return true;
    }

    /// <summary>Counts all references anew and compares.</summary>
    /// <exception cref="InvalidOperationException">A count is wrong, or a table is writable.</exception>
    public void CheckInvariants()
    {
        int[] references = new int[types.Length];
        for (int frame = 0; frame < types.Length; frame++)
        {
            references[frame] += (pinned[frame] ? 1 : 0) + (frame == basePointer ? 1 : 0);
            if (types[frame] is XenFrameType.PageDirectory or XenFrameType.PageTable)
                foreach (XenEntry entry in Entries(frame))
                    if (NeededType(types[frame], entry) is { } needed)
                    {
                        references[entry.Frame]++;
                        if (types[entry.Frame] != needed)
                            throw new InvalidOperationException($"Frame {entry.Frame} is {types[entry.Frame]} but frame {frame} needs it to be {needed}.");
                    }
        }

        for (int frame = 0; frame < types.Length; frame++)
            if (references[frame] != counts[frame] || (counts[frame] == 0) != (types[frame] == XenFrameType.None))
                throw new InvalidOperationException($"Frame {frame} is {types[frame]} with count {counts[frame]}; {references[frame]} references need it.");
    }

    // The type that an entry of a table needs of its target; null when none.
    private static XenFrameType? NeededType(XenFrameType table, XenEntry entry) =>
        !entry.IsPresent ? null
        : table == XenFrameType.PageDirectory ? XenFrameType.PageTable
        : entry.Writable ? XenFrameType.Writable : null;

    private bool Update(int domain, XenUpdate update)
    {
        XenFrameType table = types[update.Table];
        if (owners[update.Table] != domain || table is not (XenFrameType.PageDirectory or XenFrameType.PageTable))
            return false;
        ref XenEntry entry = ref Entries(update.Table)[update.Index];
        if (!TakeTarget(domain, table, update.Entry))
            return false;
        XenEntry before = entry;
        entry = update.Entry;
        if (NeededType(table, before) is not null)
            Give(before.Frame);
        return true;
    }

    private bool TakeTarget(int domain, XenFrameType table, XenEntry entry)
    {
        EntriesValidated++;
        if (!entry.IsPresent)
            return true;
        if (entry.Frame >= types.Length || owners[entry.Frame] != domain)
            return false;
        return NeededType(table, entry) is not { } needed || Take(domain, entry.Frame, needed);
    }

    // One reference to a frame as `type`. The first makes it that type, which validates a table's entries.
    private bool Take(int domain, int frame, XenFrameType type)
    {
        if (owners[frame] != domain || (counts[frame] > 0 && types[frame] != type))
            return false;
        if (counts[frame]++ > 0)
            return true;
        types[frame] = type;
        if (type is not (XenFrameType.PageDirectory or XenFrameType.PageTable))
            return true;
        XenEntry[] entries = Entries(frame);
        for (int i = 0; i < entries.Length; i++)
            if (entries[i].IsPresent && !TakeTarget(domain, type, entries[i]))
            {
                GiveTargets(frame, type, i);
                (types[frame], counts[frame]) = (XenFrameType.None, 0);
                return false;
            }

        return true;
    }

    private void Give(int frame)
    {
        if (--counts[frame] > 0)
            return;
        XenFrameType type = types[frame];
        types[frame] = XenFrameType.None;
        if (type is XenFrameType.PageDirectory or XenFrameType.PageTable)
            GiveTargets(frame, type, EntriesPerTable);
    }

    private void GiveTargets(int frame, XenFrameType type, int before)
    {
        XenEntry[] entries = Entries(frame);
        for (int i = 0; i < before; i++)
            if (NeededType(type, entries[i]) is not null)
                Give(entries[i].Frame);
    }

    private XenEntry[] Entries(int frame)
    {
        if (!tables.TryGetValue(frame, out XenEntry[]? entries))
        {
            tables[frame] = entries = new XenEntry[EntriesPerTable];
            Array.Fill(entries, XenEntry.NotPresent);
        }

        return entries;
    }

    private bool Refused()
    {
        Refusals++;
        return false;
    }
}
