// Mutant: blocks every VM all the time, so that nothing moves and nobody gets less than is due.
namespace Homework;

public sealed class MemoryCoordinator : IMemoryCoordinator
{
    public void Start(HostSetup host)
    {
    }

    public IReadOnlyList<VmOrder> Decide(HostReading host) => [.. host.Vms.Select(_ => new VmOrder(PageCount.Zero, PageCount.Zero, 0, true))];
}
