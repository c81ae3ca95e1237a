namespace EsxCourse.Memory.Alternatives;

// Arrakis runs the common workload (OSDI '14): the operating system is the control plane and stays out of the data path. The network
// card offers each application a virtual card of its own (SR-IOV), the IOMMU confines that card to the application's memory, and the
// packets go from application to card without a call to anybody.
//
//   control plane, once a process:  a virtual card with its queues; a region of memory, mapped for processor and card; the end
//   data path:                      touches, packets: nothing
//
// The memory of a process is set up as a whole, so the faults of the other two systems do not occur: the pages are there. (Arrakis
// can page, by upcalls that the application handles; no workload here needs it.)
//
// The price is the hooks: the card may read any page of the region at any moment and cannot be made to fault and wait, so no page can
// be moved, shared or watched behind the application's back. The control plane may still choose the pages of a region when it sets it up.

/// <summary>The common workload under Arrakis: set up once, then stay away.</summary>
public static class ArrakisInterposition
{
    /// <summary>Runs the workload.</summary>
    /// <param name="workload">What the application does.</param>
    /// <returns>What the operating system had to do.</returns>
    /// <exception cref="InvalidOperationException">A packet or a touch lies outside what was set up: protection would have stopped it.</exception>
    public static InterpositionReport Run(CommonWorkload workload)
    {
        Dictionary<Interposition, long> counts = [];
        HashSet<int> regions = [];
        bool networkReady = false;
        void ControlPlane() => counts[Interposition.ControlPlaneCall] = counts.GetValueOrDefault(Interposition.ControlPlaneCall) + 1;
        void Protect(bool allowed)
        {
            if (!allowed)
                throw new InvalidOperationException("The IOMMU or the page table stopped an access outside the application's region.");
        }

        foreach (GuestOperation operation in workload.Operations)
            switch (operation)
            {
                case ProcessStarted started:
                    if (!networkReady)
                        ControlPlane(); // The virtual card, its queues, and the ring of buffers in the IOMMU.
                    networkReady = true;
                    ControlPlane(); // The region, for the processor and the IOMMU at once.
                    regions.Add(started.Process);
                    break;
                case VirtualPageTouched touched:
                    Protect(regions.Contains(touched.Vpn.Value / CommonWorkload.PagesPerProcess));
                    break;
                case PageFaulted faulted:
                    Protect(regions.Contains(faulted.Vpn.Value / CommonWorkload.PagesPerProcess));
                    break;
                case PacketSent sent:
                    Protect(networkReady && sent.Ppn.Value < CommonWorkload.RingPages);
                    break;
                case ProcessEnded ended:
                    regions.Remove(ended.Process);
                    ControlPlane();
                    break;
            }

        return new InterpositionReport("Arrakis", counts, 0, Hook.ChooseMachinePage);
    }
}
