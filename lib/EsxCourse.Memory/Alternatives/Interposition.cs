namespace EsxCourse.Memory.Alternatives;

// Interposition: stepping between a guest and the hardware (the slides' last question). Three words to compare three systems by:
// on which occasions a system steps in, what it can do without the guest's knowledge because of it, and which of ESX's techniques
// stand on that. A technique is lost where one of its hooks is missing; nothing here says so by name of the system.

/// <summary>A moment at which a system steps between a guest and the hardware.</summary>
public enum Interposition
{
    /// <summary>ESX: a write to the guest's page table traps; the monitor follows it.</summary>
    PageTableWriteTrap,

    /// <summary>ESX: the shadow table lacks an entry that the guest's table has; the monitor fills it.</summary>
    HiddenFault,

    /// <summary>A page fault of the guest's own enters the hypervisor, which hands it on.</summary>
    GuestFault,

    /// <summary>A switch of address spaces: a trap under ESX, a hypercall under Xen.</summary>
    AddressSpaceSwitch,

    /// <summary>Xen: a hypercall that carries page-table updates, pins or unpins.</summary>
    MemoryHypercall,

    /// <summary>ESX: the guest's write to its network device traps, once a packet.</summary>
    DeviceTrap,

    /// <summary>Xen: the guest tells the back end that packets are in the ring, once a batch.</summary>
    RingNotification,

    /// <summary>Arrakis: a control-plane call: set up a virtual device, map a region, end.</summary>
    ControlPlaneCall,
}

/// <summary>What a virtual machine monitor must be able to do without the guest's knowledge for a technique to work.</summary>
[Flags]
public enum Hook
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Put another machine page behind a guest page at any time.</summary>
    ChangeMachinePage = 1,

    /// <summary>Be told of the next touch of a page.</summary>
    SeeTouch = 2,

    /// <summary>Be told of a write to a page.</summary>
    SeeWrite = 4,

    /// <summary>Choose the machine page when it is handed out.</summary>
    ChooseMachinePage = 8,

    /// <summary>Ask the guest for pages, by a driver in it.</summary>
    AskGuest = 16,
}

/// <summary>A technique of ESX's and the hooks that it stands on.</summary>
/// <param name="Name">Its name, as the paper has it.</param>
/// <param name="Section">The paper's section.</param>
/// <param name="Needs">What it cannot do without.</param>
public sealed record Technique(string Name, string Section, Hook Needs)
{
    /// <summary>The techniques of the paper.</summary>
    public static IReadOnlyList<Technique> OfEsx { get; } =
    [
        new("ballooning", "§3.2", Hook.AskGuest),
        new("popping a balloon that the guest touches", "§3.2", Hook.ChangeMachinePage | Hook.SeeTouch),
        new("page colouring at allocation", "§3.2", Hook.ChooseMachinePage),
        new("recolouring", "§3.2", Hook.ChangeMachinePage),
        new("paging by the host", "§3.3", Hook.ChangeMachinePage | Hook.SeeTouch),
        new("content-based sharing", "§4", Hook.ChangeMachinePage | Hook.SeeWrite),
        new("sampling for the idle memory tax", "§5.3", Hook.SeeTouch),
        new("hot I/O page remapping", "§7", Hook.ChangeMachinePage),
    ];
}

/// <summary>What one system did while it ran the common workload.</summary>
/// <param name="System">Its name.</param>
/// <param name="Counts">How often it stepped in, by occasion.</param>
/// <param name="EntriesValidated">Page-table entries that it checked (Xen), or followed (ESX).</param>
/// <param name="Hooks">What it can do without the guest's knowledge.</param>
public sealed record InterpositionReport(string System, IReadOnlyDictionary<Interposition, long> Counts, long EntriesValidated, Hook Hooks)
{
    /// <summary>How often it stepped in, on any occasion.</summary>
    public long Total => Counts.Values.Sum();

    /// <summary>How often, on one occasion.</summary>
    /// <param name="occasion">The occasion.</param>
    /// <returns>The count; 0 if never.</returns>
    public long Of(Interposition occasion) => Counts.GetValueOrDefault(occasion);

    /// <summary>The techniques of ESX's that this system has not the hooks for.</summary>
    public IReadOnlyList<Technique> Lost => [.. Technique.OfEsx.Where(t => (t.Needs & Hooks) != t.Needs)];
}
