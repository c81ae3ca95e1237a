// Mutant: pages where ballooning would do.
namespace Homework;

public sealed class MemoryCoordinator : IMemoryCoordinator
{
    private const int RebalanceSeconds = 15;

    private readonly Dictionary<VmId, long> targets = [];
    private readonly Dictionary<VmId, long> balloons = [];
    private HostSetup setup = null!;
    private State state;
    private int rebalanced;

    private enum State
    {
        High,
        Soft,
        Hard,
        Low,
    }

    public void Start(HostSetup host) => setup = host;

    public IReadOnlyList<VmOrder> Decide(HostReading host)
    {
        State before = state;
        state = Next(host.Free);
        if (state != before || host.Second >= rebalanced + RebalanceSeconds || host.Vms.Count != targets.Count || host.Vms.Any(v => !targets.ContainsKey(v.Vm)))
            Rebalance(host);
        return [.. host.Vms.Select(Order)];
    }

    // Down at once, up one state at a time and only with a margin.
    private State Next(PageCount free)
    {
        State forced = free < setup.Low ? State.Low : free < setup.Hard ? State.Hard : free < setup.Soft ? State.Soft : State.High;
        if (forced > state)
            return forced;
        PageCount threshold = state switch { State.Low => setup.Hard, State.Hard => setup.Soft, _ => setup.High };
        return state != State.High && free > threshold + setup.Margin ? state - 1 : state;
    }

    // The price at which everybody's pages add up to what there is: idle pages are taxed.
    private void Rebalance(HostReading host)
    {
        rebalanced = host.Second;
        double available = (setup.Memory - setup.High - setup.Margin + host.Saved).Value - 1;
        double low = 0, high = host.Vms.Sum(v => (double)v.Shares.Value) + 1;
        for (int i = 0; i < 100; i++)
        {
            double price = (low + high) / 2;
            if (host.Vms.Sum(v => Holding(v, price)) > available)
                low = price;
            else
                high = price;
        }

        targets.Clear();
        foreach (VmReading vm in host.Vms)
            targets[vm.Vm] = (long)Holding(vm, high);
    }

    private double Holding(VmReading vm, double price)
    {
        double pays = vm.Shares.Value / price, active = vm.Active.Value, tax = setup.TaxRate.Value;
        double pages = pays <= active ? pays : tax * active + (1 - tax) * pays;
        return Math.Clamp(pages, vm.Min.Value, vm.Demand.Value);
    }

    private VmOrder Order(VmReading vm)
    {
        long surplus = Math.Max(0, vm.Allocated.Value - targets[vm.Vm]);
        long inflatable = 0;
        long most = Math.Max(0, vm.Size.Value - targets[vm.Vm]);
        long balloon = state != State.High && inflatable > 0 ? most : Math.Min(balloons.GetValueOrDefault(vm.Vm), most);
        balloons[vm.Vm] = balloon;
        long pageOut = state switch { State.High => 0, State.Soft => surplus - inflatable, _ => surplus };
        return new VmOrder(new PageCount(balloon), new PageCount(pageOut == 0 ? 0 : vm.Swapped.Value + pageOut), setup.FastestScan, state == State.Low && surplus > 0);
    }
}
