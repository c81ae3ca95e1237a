// Mutant: does not count a second with free memory at the threshold.
namespace Homework;

public sealed class ReclamationStates : IReclamation
{
    private const int SecondsToGoUp = 3;
    private HostThresholds thresholds = null!;
    private HostState state;
    private long free;
    private int enough;

    public void Start(PageCount machine)
    {
        PageCount Percent(long percent) => new((machine.Value * percent + 99) / 100);
        thresholds = new HostThresholds(Percent(6), Percent(4), Percent(2), Percent(1));
        state = HostState.High;
    }

    public HostThresholds Thresholds() => thresholds;

    public HostState Tick(PageCount free)
    {
        this.free = free.Value;
        HostState forced =
            free < thresholds.Low ? HostState.Low
            : free < thresholds.Hard ? HostState.Hard
            : free < thresholds.Soft ? HostState.Soft
            : HostState.High;
        if (forced > state)
        {
            enough = 0;
            return state = forced;
        }

        PageCount next = state switch
        {
            HostState.Low => thresholds.Hard,
            HostState.Hard => thresholds.Soft,
            _ => thresholds.High,
        };
        enough = free > next ? enough + 1 : 0;
        if (state > HostState.High && enough >= SecondsToGoUp)
        {
            enough = 0;
            state--;
        }

        return state;
    }

    public IReadOnlyList<VmOrder> Orders(IReadOnlyList<VmSituation> vms)
    {
        VmOrder[] orders = new VmOrder[vms.Count];
        if (state == HostState.High)
            return orders;
        long Surplus(int vm) => Math.Max(0, vms[vm].Allocated.Value - vms[vm].Target.Value);
        long missing = Math.Max(0, thresholds.High.Value - free);
        foreach (int vm in Enumerable.Range(0, vms.Count).OrderByDescending(Surplus))
        {
            long give = Math.Min(Surplus(vm), missing);
            long balloon = state == HostState.Soft ? Math.Min(give, vms[vm].BalloonRoom.Value) : 0;
            orders[vm] = new VmOrder(new PageCount(balloon), new PageCount(give - balloon), state == HostState.Low && Surplus(vm) > 0);
            missing -= give;
        }

        return orders;
    }
}
