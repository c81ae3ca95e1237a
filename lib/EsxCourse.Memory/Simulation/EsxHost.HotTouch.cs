using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// The hot part of the main path: many reads of pages for which nobody has to do anything. The guest's table has the page, the shadow table
// has its translation, the pmap says that it is mapped or shared, nobody waits for its touch, and nobody watches. What is left to do is
// to note the reference where the hardware would, and to count it: for many reads at once, a short loop over each array in turn.
//
// The plain version is TouchVirtual in EsxHost.Access.cs, which does the same page by page and takes over at the first one that is not hot.
// HotTouchTests runs machines both ways and compares all that can be seen of them.

public sealed partial class EsxHost
{
    // Pages that are asked about together: their numbers stay in the nearest cache.
    private const int HotBlock = 128;

    /// <summary>Whether hot reads may go the short way. For the test that compares it with the long one.</summary>
    internal bool TakesHotPath { get; set; } = true;

    /// <summary>Touches pages of a process one after another, each the whole way from VPN to MPN.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="process">A process of its guest.</param>
    /// <param name="vpns">The virtual pages, each from 0, within the process; all are checked before the first is touched.</param>
    /// <param name="kind">Read or write; a write changes the contents.</param>
    /// <returns>How many touches found a page; for the others the guest had none to give.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The process has no such page, or does not run any more.</exception>
    /// <exception cref="ArgumentException">The VM is powered off.</exception>
    /// <remarks>The same as one <see cref="Touch(VirtualMachine, GuestProcess, Vpn, AccessKind)"/> after another, and several times as fast for reads.</remarks>
    public int Touch(VirtualMachine vm, GuestProcess process, ReadOnlySpan<Vpn> vpns, AccessKind kind)
    {
        foreach (Vpn vpn in vpns)
            RequirePage(process, vpn);
        RequirePower(vm);
        HostedVm hosted = Hosted(vm);
        int found = 0;
        for (int next = 0; next < vpns.Length; next++)
        {
            if (kind == AccessKind.Read && MayReadHot(hosted))
            {
                int hot = ReadHot(hosted, process.FirstVpn, vpns[next..]);
                touchesByHand += hot;
                found += hot;
                next += hot;
                if (next == vpns.Length)
                    break;
            }

            found += TouchVirtual(hosted, process.FirstVpn + vpns[next].Value, kind, NextContents(vm, kind)) ? 1 : 0;
        }

        return found;
    }

    // Whether nobody has to hear of each touch: an observer, the colours' cache, a victim rule that wants every touch, or the guest's own LRU.
    private bool MayReadHot(HostedVm hosted) => Time.Observer is null && coloring is null && TakesHotPath && !hosted.VictimsWantTouches && hosted.Guest.Clock is not null;

    /// <summary>Reads pages as long as they are hot, a block at a time: each question is put to a whole block before the next one.</summary>
    /// <param name="hosted">Whose pages.</param>
    /// <param name="firstVpn">What to add to each page's number.</param>
    /// <param name="vpns">The pages.</param>
    /// <returns>How many were touched: the next one is not hot, and nothing has happened to it yet.</returns>
    private int ReadHot(HostedVm hosted, int firstVpn, ReadOnlySpan<Vpn> vpns)
    {
        Span<int> ppns = stackalloc int[HotBlock];
        int touched = 0, tlbMisses = 0, hot;
        do
        {
            ReadOnlySpan<Vpn> block = vpns.Slice(touched, Math.Min(HotBlock, vpns.Length - touched));
            hot = hosted.Guest.LookUp(firstVpn, block, ppns);
            hot = hosted.Vm.Shadow.CountTranslated(firstVpn, block[..hot]);
            hot = hosted.Vm.Pmap.CountReadable(ppns[..hot]);
            hosted.Guest.Clock!.Touch(ppns[..hot]);
            hosted.Vm.Pmap.NoteAccesses(ppns[..hot]);
            tlbMisses += hosted.Vm.Shadow.PassTlb(firstVpn, block[..hot]);
            touched += hot;
        }
        while (hot == HotBlock && touched < vpns.Length);

        hosted.Vm.Outcomes.Count(Outcome.Hit, touched);
        hosted.Vm.Outcomes.Count(Outcome.TlbMiss, tlbMisses);
        hosted.Vm.Outcomes.Count(Outcome.TlbHit, touched - tlbMisses);
        hosted.SpentNanoseconds += tlbMisses * Options.Costs.TlbMiss;
        return touched;
    }
}
