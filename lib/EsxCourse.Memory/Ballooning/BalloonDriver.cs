using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Ballooning;

// The balloon driver (OSDI '02 §3.2): a module inside the guest that takes "physical" pages from it, so that the guest's own
// replacement decides what to give up. Once a second it polls the server for a target size.
//
//     Poll:  reset first, if the balloon popped or the guest booted
//            too small: allocate - free pages first, then pages the guest must evict for - pin, report
//            too large: unpin, report, free
//
// The rate is adaptive: pages for which the guest must evict come at `rate` a poll, which rises by a little after each poll that
// used it up and is halved when the guest refuses; then a few slow polls follow. Numbers in BalloonRate.
// The driver can be missing, disabled, not yet started or stuck; the server then falls back on paging.

/// <summary>The driver inside a guest that holds pages on the server's behalf.</summary>
/// <remarks>OSDI '02 §3.2. A poll costs O(pages moved).</remarks>
public sealed class BalloonDriver
{
    private readonly GuestOs guest;
    private readonly BalloonChannel channel;
    private readonly BalloonRate limits;
    private readonly OutcomeCounts counts;
    private readonly Stack<Ppn> pages = new();
    private int slowPolls;

    internal BalloonDriver(GuestOs guest, BalloonChannel channel, BalloonRate limits, OutcomeCounts counts)
    {
        this.guest = guest;
        this.channel = channel;
        this.limits = limits.Checked();
        this.counts = counts;
        Rate = limits.Fastest;
    }

    /// <summary>The pages that it holds.</summary>
    public PageCount Held => new(pages.Count);

    /// <summary>How many pages it lets the guest evict for it in one poll, at present.</summary>
    public int Rate { get; private set; }

    /// <summary>Whether it runs. A disabled driver keeps its pages and answers nothing.</summary>
    public bool IsEnabled { get; internal set; } = true;

    /// <summary>Asks the server for the target and moves towards it.</summary>
    internal void Poll()
    {
        if (!IsEnabled || guest.State != GuestState.Running)
            return;
        PageCount target = channel.Poll();
        if (channel.NeedsReset)
            Reset();
        if (Held < target)
            Inflate((int)(target - Held).Value);
        else
            Deflate((int)(Held - target).Value);
    }

    /// <summary>The guest rebooted: what the driver held is the guest's again.</summary>
    internal void Forget()
    {
        pages.Clear();
        Rate = limits.Fastest;
        slowPolls = 0;
    }

    private void Reset()
    {
        channel.Reset();
        while (pages.TryPop(out Ppn ppn))
            guest.FreeFromBalloon(ppn);
        Rate = limits.Fastest;
        slowPolls = 0;
    }

    private void Inflate(int wanted)
    {
        if (wanted == 0)
            return;
        int budget = slowPolls > 0 ? Rate : limits.FromFreeList;
        int evicted = 0;
        bool refused = false;
        for (int taken = 0; taken < wanted && taken < budget; taken++)
        {
            bool free = guest.Free > PageCount.Zero;
            if (!free && evicted == Rate)
                break;
            if (!guest.TryAllocateForBalloon(mayEvict: !free, out Ppn ppn))
            {
                refused = true;
                break;
            }

            evicted += free ? 0 : 1;
            pages.Push(ppn);
            channel.ReportInflated(ppn);
        }

        slowPolls = Math.Max(0, slowPolls - 1);
        if (refused)
        {
            channel.ReportRefused(Held);
            Rate = Math.Max(limits.Slowest, Rate / 2);
            slowPolls = limits.SlowPolls;
        }
        else
        {
            if (Held < channel.Target)
                counts.Count(Outcome.BalloonRateLimited);
            if (evicted == Rate)
                Rate = Math.Min(limits.Fastest, Rate + limits.Increase);
        }
    }

    private void Deflate(int surplus)
    {
        for (int given = 0; given < surplus && given < limits.Release; given++)
        {
            Ppn ppn = pages.Pop();
            channel.ReportDeflated(ppn);
            guest.FreeFromBalloon(ppn);
        }
    }
}
