using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Alternatives;

// ESX runs the common workload: the guest is unmodified, so the monitor learns what it does by traps (OSDI '02 §2).
//   - every write to a page table traps, so that the shadow table can follow;
//   - the first touch through a new entry is a hidden fault, which fills the shadow table; later touches cost nothing;
//   - every switch of address spaces and every command to the network device traps.
// The shadow tables are the kit's own (Virtualization/ShadowPageTables.cs), the same that the host uses.

/// <summary>The common workload under ESX: trap and follow.</summary>
public static class EsxInterposition
{
    /// <summary>Runs the workload.</summary>
    /// <param name="workload">What the guest does.</param>
    /// <returns>What ESX had to do.</returns>
    public static InterpositionReport Run(CommonWorkload workload)
    {
        OutcomeCounts shadowCounts = new();
        ShadowPageTables shadow = new(default, workload.PhysicalPages, new SimulatedTime(new SimClock()), shadowCounts);
        Dictionary<Interposition, long> counts = [];
        void Count(Interposition occasion, long times = 1) => counts[occasion] = counts.GetValueOrDefault(occasion) + times;

        // The machine pages are taken in order; which they are does not matter to the counts.
        void Touch(Vpn vpn, Ppn ppn)
        {
            if (shadow.TryTranslate(vpn.Value, out _))
                return;
            shadow.Fill(vpn.Value, ppn, new Mpn(ppn.Value));
            Count(Interposition.HiddenFault);
        }

        foreach (GuestOperation operation in workload.Operations)
            switch (operation)
            {
                case ProcessStarted started:
                    Count(Interposition.PageTableWriteTrap, started.Pages.Count);
                    break;
                case ProcessSwitched:
                    shadow.FlushTlb();
                    Count(Interposition.AddressSpaceSwitch);
                    break;
                case VirtualPageTouched touched:
                    Touch(touched.Vpn, touched.Ppn);
                    break;
                case PageFaulted faulted:
                    Count(Interposition.GuestFault);
                    Count(Interposition.PageTableWriteTrap);
                    Touch(faulted.Vpn, faulted.Ppn);
                    break;
                case PageUnmapped unmapped:
                    shadow.DropVirtual(unmapped.Vpn.Value, unmapped.Ppn);
                    Count(Interposition.PageTableWriteTrap);
                    break;
                case PacketSent:
                    Count(Interposition.DeviceTrap);
                    break;
                case ProcessEnded ended:
                    foreach ((Vpn vpn, Ppn ppn) in ended.Pages)
                        shadow.DropVirtual(vpn.Value, ppn);
                    Count(Interposition.PageTableWriteTrap, ended.Pages.Count);
                    break;
            }

        Hook all = Hook.ChangeMachinePage | Hook.SeeTouch | Hook.SeeWrite | Hook.ChooseMachinePage | Hook.AskGuest;
        return new InterpositionReport("ESX", counts, counts.GetValueOrDefault(Interposition.PageTableWriteTrap), all);
    }
}
