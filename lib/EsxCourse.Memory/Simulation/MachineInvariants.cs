using EsxCourse.Contracts;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// What always holds of the whole machine (style: "Properties"). Slow and obvious on purpose: it counts everything anew.
//
// A machine of 268 million guest pages has no room for a second count of everything. So it can be checked on samples: every pmap is read, but
// only every so many frames get their mappers counted, and only every so many VMs are looked into.

internal static class MachineInvariants
{
    /// <summary>What is wrong; null if nothing is. O(frames + pages).</summary>
    /// <param name="host">The host.</param>
    /// <param name="vms">Its VMs.</param>
    /// <param name="every">Frames, slots and VMs whose number it divides are looked at closely.</param>
    public static string? FindFault(EsxHost host, IReadOnlyList<HostedVm> vms, int every)
    {
        References named = new(host.Machine.FrameCount, every);
        for (int i = 0; i < vms.Count; i++)
        {
            if ((CountMappings(vms[i].Vm, named) ?? (i % every == 0 ? FindFaultWithin(vms[i]) : null)) is { } fault)
                return fault;
        }

        host.CountOtherReferences(named);
        return FindFrameFault(host, named) ?? FindSwapFault(host, named) ?? FindTargetFault(host, vms) ?? host.FindSharingFault(every);
    }

    private static string? FindFaultWithin(HostedVm hosted) => FindShadowFault(hosted) ?? hosted.Guest.FindFault() ?? FindBalloonFault(hosted);

    // Each entry maps what it says; the counts by state are right.
    private static string? CountMappings(VirtualMachine vm, References named)
    {
        Span<long> counts = stackalloc long[5];
        for (int i = 0; i < vm.Pmap.Length; i++)
        {
            Ppn ppn = new(i);
            PmapState state = vm.Pmap.StateOf(ppn);
            counts[(int)state]++;
            if (state is PmapState.Mapped or PmapState.Shared)
                named.Add(vm.Pmap.MpnOf(ppn));
            else if (state == PmapState.Swapped)
                named.AddSlot(vm.Pmap.SlotOf(ppn));
        }

        for (int state = 0; state < counts.Length; state++)
            if (counts[state] != vm.Pmap.Count((PmapState)state))
                return $"{vm.Id}: {counts[state]} pages are {(PmapState)state}, counted {vm.Pmap.Count((PmapState)state)}";
        return null;
    }

    // No shadow entry outlives the guest's entry or the pmap entry that it was made of.
    private static string? FindShadowFault(HostedVm hosted)
    {
        VirtualMachine vm = hosted.Vm;
        int present = 0;
        for (int i = 0; i < vm.Pmap.Length; i++)
        {
            Ppn ppn = new(i);
            if (vm.Shadow.EntryOf(ppn) is not { } shadow)
                continue;
            present++;
            if (vm.Pmap.StateOf(ppn) is not (PmapState.Mapped or PmapState.Shared) || vm.Pmap.MpnOf(ppn) != shadow.Mpn)
                return $"{vm.Id}: the shadow entry of VPN {shadow.Vpn} says {shadow.Mpn}, the pmap says {ppn} is {vm.Pmap.StateOf(ppn)}";
            if (hosted.Guest.Translate(shadow.Vpn) != ppn)
                return $"{vm.Id}: the shadow entry of VPN {shadow.Vpn} stands for {ppn}, the guest's table says {hosted.Guest.Translate(shadow.Vpn)}";
        }

        return present != vm.Shadow.CountEntries() ? $"{vm.Id}: {vm.Shadow.CountEntries()} shadow entries, {present} with a way back"
            : vm.Shadow.TlbIsCoherent() ? null : $"{vm.Id}: the TLB has an entry that the shadow table lacks";
    }

    // While nothing tore them apart, what the host has annotated is what the driver holds.
    private static string? FindBalloonFault(HostedVm hosted)
    {
        if (hosted.Channel.NeedsReset)
            return null;
        PageCount held = hosted.Driver?.Held ?? PageCount.Zero;
        if (hosted.Vm.Ballooned != held || hosted.Guest.BalloonPages != held)
            return $"{hosted.Vm.Id}: the driver holds {held}, the guest knows of {hosted.Guest.BalloonPages}, the pmap of {hosted.Vm.Ballooned}";
        for (int i = 0; i < hosted.Vm.Pmap.Length; i++)
            if (hosted.Vm.Pmap.StateOf(new Ppn(i)) == PmapState.Ballooned && !hosted.Guest.IsBalloonPage(new Ppn(i)))
                return $"{hosted.Vm.Id}: PPN {i} is marked as ballooned, but the driver does not hold it";
        return null;
    }

    // Each frame is free or has exactly its reference count of mappers, and a free one holds junk.
    private static string? FindFrameFault(EsxHost host, References named)
    {
        long free = 0;
        for (int i = 0; i < host.Machine.FrameCount.Value; i++)
        {
            Mpn mpn = new(i);
            free += host.Machine.IsOnFreeList(mpn) ? 1 : 0;
            if (named.Of(mpn) is not { } mappers)
                continue;
            if (host.Machine.ReferencesOf(mpn) != mappers)
                return $"{mpn} has {mappers} mappers and a reference count of {host.Machine.ReferencesOf(mpn)}";
            if (mappers == 0 && host.Machine.ContentsOf(mpn) != EsxCourse.Memory.Machine.ContentSeed.Junk)
                return $"{mpn} is free and was written";
            if (host.Machine.IsOnFreeList(mpn) != (mappers == 0))
                return $"{mpn} has {mappers} mappers and is {(mappers == 0 ? "not " : "")}on the free list";
        }

        return free != host.Machine.Free.Value ? $"{free} frames are on the free list, counted {host.Machine.Free}" : null;
    }

    private static string? FindSwapFault(EsxHost host, References named)
    {
        foreach ((int slot, int names) in named.Slots)
            if (host.Swap.ReferencesOf(slot) != names)
                return $"swap slot {slot} is named {names} times and has a reference count of {host.Swap.ReferencesOf(slot)}";
        return named.AreAll && named.Slots.Count != host.Swap.Used.Value ? $"{named.Slots.Count} swap slots are named, {host.Swap.Used.Value} in use" : null;
    }

    // The targets of all VMs, and what the monitor needs for them, fit the machine and what sharing saves of it; each lies between min and max.
    // That is ESX's promise; what another policy orders is its own affair.
    private static string? FindTargetFault(EsxHost host, IReadOnlyList<HostedVm> vms)
    {
        if (host.Options.Policy is not null)
            return null;
        long sum = 0;
        foreach (HostedVm hosted in vms)
        {
            if (!hosted.Vm.IsPoweredOn)
                continue;
            sum += hosted.Vm.Target.Value + hosted.OverheadFrames.Count;
            if (hosted.Vm.Target < hosted.Vm.Parameters.Min || hosted.Vm.Target > hosted.Vm.Size)
                return $"{hosted.Vm.Id}: the target is {hosted.Vm.Target}, between {hosted.Vm.Parameters.Min} and {hosted.Vm.Size} is allowed";
        }

        return sum > host.Machine.FrameCount.Value + host.SavedWhenTargetsWereSet.Value ? $"the targets and overheads add up to {sum} pages of {host.Machine.FrameCount.Value}" : null;
    }

    /// <summary>How often each frame and each swap slot is named: of every so many, or of all.</summary>
    internal sealed class References(PageCount frames, int every)
    {
        private readonly int[] mappers = new int[(frames.Value + every - 1) / every];

        /// <summary>Whether none is left out.</summary>
        public bool AreAll => every == 1;

        /// <summary>How often each slot is named that is, and is looked at.</summary>
        public Dictionary<int, int> Slots { get; } = [];

        /// <summary>How often a frame is named; null for one that is not looked at.</summary>
        public int? Of(Mpn mpn) => mpn.Value % every == 0 ? mappers[mpn.Value / every] : null;

        public void Add(Mpn mpn)
        {
            if (mpn.Value % every == 0)
                mappers[mpn.Value / every]++;
        }

        public void AddSlot(int slot)
        {
            if (slot % every == 0)
                Slots[slot] = Slots.GetValueOrDefault(slot) + 1;
        }
    }
}
