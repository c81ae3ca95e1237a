using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Alternatives;

// One workload for three systems: what a small server does to memory and network, written down once, so that ESX, Xen and Arrakis
// answer exactly the same operations.
//
// Processes start with a table of pages, are switched, touch pages, fault new pages in and give old ones up, send packets from a ring
// of buffers, and end. A page is mapped by one process at a time. The mixture is a course choice: a web server that touches memory
// most of the time, sends a packet every tenth step, faults every fiftieth and switches every hundredth.

/// <summary>What a guest does next.</summary>
public abstract record GuestOperation;

/// <summary>A process starts with its first pages mapped: one entry of the guest's page table each.</summary>
/// <param name="Process">Which process.</param>
/// <param name="Pages">Its virtual pages, each with the physical page that the guest chose.</param>
public sealed record ProcessStarted(int Process, IReadOnlyList<(Vpn Vpn, Ppn Ppn)> Pages) : GuestOperation;

/// <summary>The guest switches to a process.</summary>
/// <param name="Process">Which process.</param>
public sealed record ProcessSwitched(int Process) : GuestOperation;

/// <summary>The running process touches a mapped page.</summary>
/// <param name="Vpn">The virtual page.</param>
/// <param name="Ppn">The physical page behind it.</param>
public sealed record VirtualPageTouched(Vpn Vpn, Ppn Ppn) : GuestOperation;

/// <summary>The running process touches a page that is not mapped; the guest maps one.</summary>
/// <param name="Vpn">The virtual page.</param>
/// <param name="Ppn">The physical page that the guest chose.</param>
public sealed record PageFaulted(Vpn Vpn, Ppn Ppn) : GuestOperation;

/// <summary>The guest takes a page from the running process.</summary>
/// <param name="Vpn">The virtual page.</param>
/// <param name="Ppn">The physical page, free now.</param>
public sealed record PageUnmapped(Vpn Vpn, Ppn Ppn) : GuestOperation;

/// <summary>A packet is sent from a page of the ring of network buffers.</summary>
/// <param name="Ppn">The buffer.</param>
public sealed record PacketSent(Ppn Ppn) : GuestOperation;

/// <summary>A process ends; all that it still has mapped goes.</summary>
/// <param name="Process">Which process.</param>
/// <param name="Pages">What it had mapped.</param>
public sealed record ProcessEnded(int Process, IReadOnlyList<(Vpn Vpn, Ppn Ppn)> Pages) : GuestOperation;

/// <summary>A list of guest operations, the same for every system under comparison.</summary>
public sealed class CommonWorkload
{
    /// <summary>Virtual pages that a process has at most: a quarter of one page table.</summary>
    public const int PagesPerProcess = 256;

    /// <summary>Virtual pages that a process starts with; the rest comes by faults, and then old ones go.</summary>
    private const int PagesAtStart = PagesPerProcess - 16;

    private CommonWorkload(int processes, int physicalPages, IReadOnlyList<GuestOperation> operations) =>
        (Processes, PhysicalPages, Operations) = (processes, physicalPages, operations);

    /// <summary>Processes that ever run, numbered from 0.</summary>
    public int Processes { get; }

    /// <summary>Physical pages of the guest, the ring of network buffers at their start.</summary>
    public int PhysicalPages { get; }

    /// <summary>What the guest does, in order.</summary>
    public IReadOnlyList<GuestOperation> Operations { get; }

    /// <summary>Physical pages that serve as network buffers: PPN 0 to below this.</summary>
    public const int RingPages = 16;

    /// <summary>Writes down a workload.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="processes">How many processes, at least 1.</param>
    /// <param name="steps">Steps between the start of the last process and the end of the first.</param>
    /// <returns>The workload; the same arguments always give the same one.</returns>
    public static CommonWorkload Generate(ulong seed, int processes = 8, int steps = 20_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        RandomStream random = new(seed, "common workload");
        List<GuestOperation> operations = [];
        int physicalPages = RingPages + processes * PagesPerProcess;
        Stack<Ppn> free = new(Enumerable.Range(RingPages, physicalPages - RingPages).Reverse().Select(p => new Ppn(p)));
        List<(Vpn Vpn, Ppn Ppn)>[] mapped = new List<(Vpn, Ppn)>[processes];
        for (int process = 0; process < processes; process++)
        {
            int first = process * PagesPerProcess;
            mapped[process] = [.. Enumerable.Range(first, PagesAtStart).Select(vpn => (new Vpn(vpn), free.Pop()))];
            operations.Add(new ProcessStarted(process, [.. mapped[process]]));
        }

        int running = 0;
        operations.Add(new ProcessSwitched(running));
        for (int step = 0; step < steps; step++)
        {
            List<(Vpn Vpn, Ppn Ppn)> pages = mapped[running];
            int kind = random.Below(100);
            if (kind == 0)
            {
                running = random.Below(processes);
                operations.Add(new ProcessSwitched(running));
            }
            else if (kind <= 2)
            {
                Fault(random, running, pages, free, operations);
            }
            else if (kind <= 12)
            {
                operations.Add(new PacketSent(new Ppn(random.Below(RingPages))));
            }
            else
            {
                (Vpn vpn, Ppn ppn) = pages[random.Below(pages.Count)];
                operations.Add(new VirtualPageTouched(vpn, ppn));
            }
        }

        for (int process = 0; process < processes; process++)
            operations.Add(new ProcessEnded(process, [.. mapped[process]]));
        return new CommonWorkload(processes, physicalPages, operations);
    }

    // A new page where there is none yet; when the process has all its pages, an old one goes first.
    private static void Fault(RandomStream random, int process, List<(Vpn Vpn, Ppn Ppn)> pages, Stack<Ppn> free, List<GuestOperation> operations)
    {
        Vpn vpn;
        if (pages.Count == PagesPerProcess)
        {
            int victim = random.Below(pages.Count);
            vpn = pages[victim].Vpn;
            operations.Add(new PageUnmapped(vpn, pages[victim].Ppn));
            free.Push(pages[victim].Ppn);
            pages.RemoveAt(victim);
        }
        else
        {
            // Pages are mapped from the bottom up, so the first one that is free is the next.
            vpn = new Vpn(process * PagesPerProcess + pages.Count);
        }

        Ppn ppn = free.Pop();
        pages.Add((vpn, ppn));
        operations.Add(new PageFaulted(vpn, ppn));
    }
}
