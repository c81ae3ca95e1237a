using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Ballooning;

// The server's end of a balloon (OSDI '02 §3.2): a private channel that the driver polls once a second. The server posts a target
// and waits; it can ask nothing else of the guest.
//
//     server: Target = 300         driver: Poll -> "I have 120, you want 300"
//                                   driver: allocate, pin, ReportInflated(PPN)   -> pmap entry ballooned, machine page free
//     guest touches a ballooned PPN -> Pop: a new zeroed page backs it; at the next poll the driver resets first
//
// Always: the pages annotated as ballooned are a part of those that the driver holds, until a pop or a reboot tears them apart;
// NeedsReset says that this has happened. Correctness never depends on the driver: whatever it reports or does not report, a
// touch finds a page. So ballooning is still full virtualization.

internal sealed class BalloonChannel(VirtualMachine vm, PageMapper mapper, SimulatedTime time)
{
    /// <summary>The largest balloon that the server asks for, as a part of the VM's size: ESXi's default (facts §2).</summary>
    public const double Maximum = 0.65;

    // A driver that misses three polls does not run. course choice: one missed poll may be a busy guest.
    private static readonly SimDuration Patience = SimDuration.FromSeconds(3);

    private bool refusing;

    /// <summary>How many pages the server wants in the balloon.</summary>
    public PageCount Target { get; set; }

    /// <summary>Whether driver and server must start over: the balloon popped, or the guest booted.</summary>
    public bool NeedsReset { get; private set; }

    /// <summary>When the driver last polled; null if it never did.</summary>
    public SimTime? LastPoll { get; private set; }

    /// <summary>How many more pages the server can hope to get: none if the driver does not answer or the guest refuses.</summary>
    public PageCount Room =>
        LastPoll is not { } poll || time.Now - poll > Patience || refusing
            ? PageCount.Zero
            : PageCount.Max(new PageCount((long)(vm.Size.Value * Maximum)) - vm.Ballooned, PageCount.Zero);

    /// <summary>The driver asks what is wanted.</summary>
    public PageCount Poll()
    {
        LastPoll = time.Now;
        refusing = false;
        return Target;
    }

    /// <summary>The driver has pinned a page.</summary>
    public void ReportInflated(Ppn ppn)
    {
        // A driver that reports a page twice, or one that is ballooned from before a reboot, gains nothing by it.
        if (vm.Pmap.StateOf(ppn) != PmapState.Ballooned)
            mapper.Balloon(vm, ppn);
        vm.Outcomes.Count(Outcome.BalloonInflate);
        time.Observer?.On(new BalloonInflated(time.Now, vm.Id, ppn));
    }

    /// <summary>The driver is about to give a page back.</summary>
    public void ReportDeflated(Ppn ppn)
    {
        if (vm.Pmap.StateOf(ppn) == PmapState.Ballooned)
            mapper.Unballoon(vm, ppn);
        vm.Outcomes.Count(Outcome.BalloonDeflate);
        time.Observer?.On(new BalloonDeflated(time.Now, vm.Id, ppn));
    }

    /// <summary>The guest refused.</summary>
    public void ReportRefused(PageCount held)
    {
        refusing = true;
        vm.Outcomes.Count(Outcome.BalloonRefusal);
        time.Observer?.On(new BalloonRefused(time.Now, vm.Id, held, Target));
    }

    /// <summary>The guest touched a ballooned page: back it as on first touch, and remember to start over.</summary>
    /// <param name="ppn">The page.</param>
    /// <param name="zeroed">A zeroed frame just allocated.</param>
    public void Pop(Ppn ppn, Mpn zeroed)
    {
        mapper.Back(vm, ppn, zeroed);
        NeedsReset = true;
        time.Observer?.On(new BalloonPopped(time.Now, vm.Id, ppn));
    }

    /// <summary>The guest rebooted: no driver polls until it is up again, and then it starts over.</summary>
    public void GuestRebooted()
    {
        NeedsReset = true;
        LastPoll = null;
    }

    /// <summary>Starts over: whatever is still marked as ballooned is an ordinary untouched page again. O(pages).</summary>
    public void Reset()
    {
        long released = vm.Pmap.Count(PmapState.Ballooned);
        for (int ppn = 0; ppn < vm.Pmap.Length && vm.Pmap.Count(PmapState.Ballooned) > 0; ppn++)
            if (vm.Pmap.StateOf(new Ppn(ppn)) == PmapState.Ballooned)
                mapper.Unballoon(vm, new Ppn(ppn));
        NeedsReset = false;
        vm.Outcomes.Count(Outcome.BalloonReset);
        time.Observer?.On(new BalloonReset(time.Now, vm.Id, new PageCount(released)));
    }
}
