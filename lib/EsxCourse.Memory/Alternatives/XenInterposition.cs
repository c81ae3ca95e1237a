using EsxCourse.Contracts;

namespace EsxCourse.Memory.Alternatives;

// Xen runs the common workload with a guest that knows it (SOSP '03 §3.3.3): the guest writes new tables as plain memory and then
// pins them, queues later updates and sends them in batches, and shares a ring with the network's back end.
//
// The machine frames of the guest, in order: one PD and one PT a process, then a frame for each PPN.
// A guest must flush its queue before it relies on an update: before it returns from a page fault, and before it switches.
//
// What goes with it: the guest's own tables hold machine addresses, so Xen cannot put another frame behind a page without the guest;
// `TryRemapBehindTheGuest` shows that. Nor does it see touches or writes, since the hardware walks the guest's tables.

/// <summary>The common workload under Xen: ask and validate.</summary>
public sealed class XenInterposition
{
    private const int Guest = 0;

    // course choice: packets are announced in batches of eight; SOSP '03 §3.2 leaves the threshold to the guest.
    private const int PacketsPerNotification = 8;

    private readonly CommonWorkload workload;
    private readonly XenPageTables tables;
    private readonly List<XenUpdate> queue = [];
    private readonly Dictionary<Interposition, long> counts = [];

    private XenInterposition(CommonWorkload workload)
    {
        this.workload = workload;
        tables = new XenPageTables(new int[2 * workload.Processes + workload.PhysicalPages]);
    }

    /// <summary>Runs the workload.</summary>
    /// <param name="workload">What the guest does.</param>
    /// <returns>What Xen had to do.</returns>
    /// <exception cref="InvalidOperationException">Xen refused an operation, or a touch found no mapping: the guest is at fault.</exception>
    public static InterpositionReport Run(CommonWorkload workload)
    {
        XenInterposition xen = new(workload);
        int packets = 0;
        foreach (GuestOperation operation in workload.Operations)
        {
            packets += operation is PacketSent ? 1 : 0;
            if (operation is PacketSent && packets % PacketsPerNotification == 0)
                xen.Count(Interposition.RingNotification);
            xen.Do(operation);
        }

        xen.tables.CheckInvariants();
        return new InterpositionReport("Xen", xen.counts, xen.tables.EntriesValidated, Hook.ChooseMachinePage | Hook.AskGuest);
    }

    /// <summary>Tries what ESX does for sharing, recolouring and hot I/O: another frame behind a page that the guest has mapped.</summary>
    /// <param name="tables">The guest's tables.</param>
    /// <param name="frame">The frame that the guest uses.</param>
    /// <returns>False while any entry of the guest's own tables names the frame: Xen has no table of its own to change instead.</returns>
    public static bool TryRemapBehindTheGuest(XenPageTables tables, int frame) => tables.TypeOf(frame) == XenFrameType.None;

    private static int Directory(int process) => 2 * process;

    private static int Table(int process) => 2 * process + 1;

    private XenEntry Entry(Ppn ppn) => new(2 * workload.Processes + ppn.Value, true);

    private void Do(GuestOperation operation)
    {
        switch (operation)
        {
            case ProcessStarted started:
                foreach ((Vpn vpn, Ppn ppn) in started.Pages)
                    Require(tables.GuestWrite(Table(started.Process), Index(vpn), Entry(ppn)));
                Require(tables.GuestWrite(Directory(started.Process), 0, new XenEntry(Table(started.Process), false)));
                Require(tables.Pin(Guest, Directory(started.Process), XenFrameType.PageDirectory));
                Count(Interposition.MemoryHypercall);
                break;
            case ProcessSwitched switched:
                Flush();
                Require(tables.NewBasePointer(Guest, Directory(switched.Process)));
                Count(Interposition.AddressSpaceSwitch);
                break;
            case VirtualPageTouched touched:
                Require(tables.EntryOf(Table(ProcessOf(touched.Vpn)), Index(touched.Vpn)) == Entry(touched.Ppn));
                break;
            case PageFaulted faulted:
                Count(Interposition.GuestFault);
                queue.Add(new XenUpdate(Table(ProcessOf(faulted.Vpn)), Index(faulted.Vpn), Entry(faulted.Ppn)));
                Flush();
                break;
            case PageUnmapped unmapped:
                // Waits for the fault that caused it: both go in one hypercall.
                queue.Add(new XenUpdate(Table(ProcessOf(unmapped.Vpn)), Index(unmapped.Vpn), XenEntry.NotPresent));
                break;
            case ProcessEnded ended:
                Flush();
                Require(tables.Unpin(Guest, Directory(ended.Process)));
                Count(Interposition.MemoryHypercall);
                break;
        }
    }

    private static int ProcessOf(Vpn vpn) => vpn.Value / CommonWorkload.PagesPerProcess;

    private static int Index(Vpn vpn) => vpn.Value % CommonWorkload.PagesPerProcess;

    private void Flush()
    {
        if (queue.Count == 0)
            return;
        Require(tables.MmuUpdate(Guest, queue) == queue.Count);
        queue.Clear();
        Count(Interposition.MemoryHypercall);
    }

    private void Count(Interposition occasion) => counts[occasion] = counts.GetValueOrDefault(occasion) + 1;

    private static void Require(bool done)
    {
        if (!done)
            throw new InvalidOperationException("Xen refused what the guest asked for, or a mapping that the guest relies on is not there.");
    }
}
