using EsxCourse.Contracts;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// What always holds of the whole machine (style: "Properties"). Slow and obvious on purpose: it counts everything anew.

internal static class MachineInvariants
{
    /// <summary>What is wrong; null if nothing is. O(frames + pages).</summary>
    public static string? FindFault(EsxHost host, IReadOnlyList<HostedVm> vms)
    {
        int[] mappers = new int[host.Machine.FrameCount.Value];
        Dictionary<int, int> slots = [];
        foreach (HostedVm hosted in vms)
        {
            if ((CountMappings(hosted.Vm, mappers, slots) ?? FindShadowFault(hosted) ?? hosted.Guest.FindFault() ?? FindBalloonFault(hosted)) is { } fault)
                return fault;
        }

        host.CountOtherReferences(mappers, slots);
        return FindFrameFault(host, mappers) ?? FindSwapFault(host, slots) ?? FindTargetFault(host, vms) ?? host.FindSharingFault();
    }

    // Each entry maps what it says; the counts by state are right.
    private static string? CountMappings(VirtualMachine vm, int[] mappers, Dictionary<int, int> slots)
    {
        Span<long> counts = stackalloc long[5];
        for (int i = 0; i < vm.Pmap.Length; i++)
        {
            Ppn ppn = new(i);
            PmapState state = vm.Pmap.StateOf(ppn);
            counts[(int)state]++;
            if (state is PmapState.Mapped or PmapState.Shared)
                mappers[vm.Pmap.MpnOf(ppn).Value]++;
            else if (state == PmapState.Swapped)
                slots[vm.Pmap.SlotOf(ppn)] = slots.GetValueOrDefault(vm.Pmap.SlotOf(ppn)) + 1;
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
    private static string? FindFrameFault(EsxHost host, int[] mappers)
    {
        int free = 0;
        for (int i = 0; i < mappers.Length; i++)
        {
            Mpn mpn = new(i);
            if (host.Machine.ReferencesOf(mpn) != mappers[i])
                return $"{mpn} has {mappers[i]} mappers and a reference count of {host.Machine.ReferencesOf(mpn)}";
            free += mappers[i] == 0 ? 1 : 0;
            if (mappers[i] == 0 && host.Machine.ContentsOf(mpn) != EsxCourse.Memory.Machine.ContentSeed.Junk)
                return $"{mpn} is free and was written";
        }

        if (free != host.Machine.Free.Value)
            return $"{free} frames have no mapper, {host.Machine.Free} are on the free list";
        for (int i = 0; i < mappers.Length; i++)
            if (host.Machine.IsOnFreeList(new Mpn(i)) != (mappers[i] == 0))
                return $"MPN {i} has {mappers[i]} mappers and is {(mappers[i] == 0 ? "not " : "")}on the free list";
        return null;
    }

    private static string? FindSwapFault(EsxHost host, Dictionary<int, int> slots)
    {
        foreach ((int slot, int names) in slots)
            if (host.Swap.ReferencesOf(slot) != names)
                return $"swap slot {slot} is named {names} times and has a reference count of {host.Swap.ReferencesOf(slot)}";
        return slots.Count != host.Swap.Used.Value ? $"{slots.Count} swap slots are named, {host.Swap.Used.Value} in use" : null;
    }

    // The targets of all VMs, and what the monitor needs for them, fit the machine and what sharing saves of it; each lies between min and max.
    private static string? FindTargetFault(EsxHost host, IReadOnlyList<HostedVm> vms)
    {
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
}
