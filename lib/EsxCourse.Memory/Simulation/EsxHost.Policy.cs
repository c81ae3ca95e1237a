using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// What the host sees, and how it follows somebody else's policy instead of ESX's own rules (HostOptions.Policy). The rest of the host asks
// the orders at four places: whether a VM may run, what its balloon's target is, how much the swap daemon writes, and the rate of scanning.
//
// Always: orders are within their limits when they get here, and a VM's target is what they leave it.

public sealed partial class EsxHost
{
    /// <summary>What the host sees now.</summary>
    /// <returns>The view that a policy decides on. O(VMs).</returns>
    public HostView View()
    {
        List<HostedVm> running = [.. vms.Where(v => v.Vm.IsPoweredOn)];
        return new HostView(
            Now, State, MemoryForVms(running), machine.Free, new PageCount(sharing?.Table.SavedPages ?? 0), Available(running), thresholds, TaxRate,
            [.. running.Select(v => new VmView(
                v.Vm.Id, v.Vm.Size, v.Vm.Parameters.Min, v.Vm.Parameters.Shares, v.Vm.Allocated, v.Sampling.Active, Touched(v), Demand(v),
                new PageCount(v.Vm.Pmap.Count(PmapState.Shared)), v.Vm.Ballooned, v.Channel.Room, v.Vm.Swapped))]);
    }

    /// <summary>Asks the policy for its orders, if there is one.</summary>
    private void FollowPolicy()
    {
        if (Options.Policy is not { } policy)
            return;
        HostView view = View();
        IReadOnlyList<VmOrders> orders = policy.Decide(view);
        if (orders.Count != view.Vms.Length)
            throw new ArgumentException($"The policy gave {orders.Count} orders for {view.Vms.Length} VMs; it gives one for each.");
        for (int i = 0; i < orders.Count; i++)
            Take(vms[view.Vms[i].Vm.Value], orders[i]);
    }

    private static void Take(HostedVm hosted, VmOrders orders)
    {
        VirtualMachine vm = hosted.Vm;
        if (orders.Balloon.Value < 0 || orders.Balloon > vm.Size || orders.Swap.Value < 0 || orders.Swap > vm.Size)
            throw new ArgumentException($"The policy ordered {orders.Balloon} into the balloon and {orders.Swap} into swap space of {vm.Name}; each lies between 0 and its {vm.Size}.");
        if (orders.ScanPagesPerSecond < 0)
            throw new ArgumentException($"The policy ordered a scan of {orders.ScanPagesPerSecond} pages a second of {vm.Name}; it starts at 0.");
        hosted.Orders = orders with { Balloon = PageCount.Min(orders.Balloon, LargestBalloon(vm)) };
        PageCount target = PageCount.Max(vm.Size - hosted.Orders.Balloon - hosted.Orders.Swap, PageCount.Zero);
        if (target == vm.Target)
            return;
        vm.Target = target;
        vm.Outcomes.Count(Observation.Outcome.TargetsComputed);
    }

    private int PagesToPageOut(HostedVm hosted) => (int)(Options.Policy is null ? PlanFor(hosted).PageOut : hosted.Orders.Swap - hosted.Vm.Swapped).Value;

    private static PageCount LargestBalloon(VirtualMachine vm) => new((long)(vm.Size.Value * BalloonChannel.Maximum));

    // Machine memory without what the host and its monitors keep for themselves.
    private PageCount MemoryForVms(List<HostedVm> running) => UsableMemory - new PageCount(running.Sum(v => (long)v.OverheadFrames.Count));

    private static PageCount Touched(HostedVm hosted) => hosted.Vm.Size - new PageCount(hosted.Vm.Pmap.Count(PmapState.Unbacked));
}
