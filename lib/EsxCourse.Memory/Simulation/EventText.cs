using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

/// <summary>Makes sentences of events. Nothing ever compares these; match on the events' types.</summary>
public static class EventText
{
    /// <summary>Says what happened.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>A sentence with the time in front, on one line.</returns>
    public static string Of(MemoryEvent happened) => $"{happened.Time.Seconds,9:0.0} s  {Sentence(happened)}";

    private static string Sentence(MemoryEvent happened) => happened switch
    {
        SecondBegan => "A second begins.",
        VmAdded added => $"{added.Vm} ({added.Name}) is added with {added.Size}.",
        VmRemoved removed => $"{removed.Vm} is removed.",
        GuestBooted booted => $"The guest of {booted.Vm} has booted.",
        GuestCrashed crashed => $"The guest of {crashed.Vm} has crashed.",
        GuestEvicted evicted => $"{evicted.Vm}: the guest evicts {evicted.Ppn}{(evicted.Written ? " and writes it to disk" : "")}.",
        GuestFaulted faulted => $"{faulted.Vm}: the guest maps {faulted.Vpn} to {faulted.Ppn}{(faulted.ReadFromDisk ? " and reads it from disk" : "")}.",
        PageTouched touched => $"{touched.Vm}: {touched.Ppn} is {(touched.Kind == AccessKind.Write ? "written" : "read")}: {touched.Outcome}.",
        PmapChanged { Mpn: { } mpn } changed => $"{changed.Vm}: {changed.Ppn} goes from {changed.From} to {changed.To} ({mpn}).",
        PmapChanged changed => $"{changed.Vm}: {changed.Ppn} goes from {changed.From} to {changed.To}.",
        ShadowFilled filled => $"{filled.Vm}: hidden fault; the shadow entry of {filled.Vpn} is {filled.Mpn}.",
        ShadowDropped dropped => $"{dropped.Vm}: the shadow entry of {dropped.Vpn} is dropped.",
        BalloonInflated inflated => $"{inflated.Vm}: {inflated.Ppn} goes into the balloon.",
        BalloonDeflated deflated => $"{deflated.Vm}: {deflated.Ppn} comes out of the balloon.",
        BalloonRefused refused => $"{refused.Vm}: the guest refuses; the driver has {refused.Held} of {refused.Target.Value}.",
        BalloonPopped popped => $"{popped.Vm}: {popped.Ppn} is touched, the balloon pops.",
        BalloonReset reset => $"{reset.Vm}: the driver starts over; {reset.Released} were still marked.",
        PageOutStarted started => $"{started.Vm}: {started.Pages} are on their way to the swap space, done at {started.Done}.",
        PageSwappedOut swapped => $"{swapped.Vm}: {swapped.Ppn} is in the swap space{(swapped.Synchronous ? ", and somebody waited for it" : "")}.",
        PageOutCancelled cancelled => $"{cancelled.Vm}: {cancelled.Ppn} was touched on its way out and stays.",
        SamplingPeriodEnded ended => $"{ended.Vm}: {ended.Touched} of {ended.Sampled} sampled pages were touched; active fraction {ended.ActiveFraction:0.00}.",
        PageHinted hinted => $"{hinted.Vm}: {hinted.Ppn} is like no known page; {hinted.Mpn} has a hint now.",
        PageShared shared => $"{shared.Vm}: {shared.Ppn} shares {shared.Mpn}{(shared.IsZero ? ", all zeroes" : "")}, {shared.Count} in all.",
        StaleHintDropped stale => $"{stale.Vm}: the hint about {stale.Ppn} ({stale.Mpn}) is stale and is dropped.",
        FalseMatchFound match => $"{match.Vm}: {match.Ppn} has the hash of {match.Other}, but other contents; it is left alone.",
        SharingBroken broken => $"{broken.Vm}: {broken.Ppn} is written; it leaves {broken.From} for {broken.To}, {broken.Left} stay.",
        LargePageBroken large => $"{large.Vm}: the large page at {large.First} is broken into small ones.",
        PageRecolored recolored => $"{recolored.Vm}: {recolored.Ppn} moves from {recolored.From} to {recolored.To} for its colour.",
        PageBounced bounced => $"{bounced.Vm}: {bounced.Ppn} lies at {bounced.Mpn}, beyond the device's reach, and is copied: {bounced.Count} of late.",
        HotPageRemapped hot => $"{hot.Vm}: {hot.Ppn} is hot and moves down from {hot.From} to {hot.To}.",
        PageDemoted demoted => $"{demoted.Vm}: {demoted.Ppn} makes room and moves up from {demoted.From} to {demoted.To}.",
        StateChanged changed => $"State {changed.From} -> {changed.To} with {changed.Free} free.",
        _ => happened.ToString()!,
    };
}
