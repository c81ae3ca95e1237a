// Mutant: refuses what fits exactly.
namespace Homework;

public sealed class AdmissionControl : IAdmission
{
    private readonly Dictionary<VmId, (long Min, long Max)> on = [];
    private HostSize host = null!;
    private long memory;
    private long swap;

    public void Start(HostSize host)
    {
        this.host = host;
        (memory, swap) = (host.Memory.Value, host.Swap.Value);
    }

    public PageCount FreeMemory() => new(memory);

    public PageCount FreeSwap() => new(swap);

    public Answer PowerOn(VmId vm, PageCount min, PageCount max)
    {
        if (on.ContainsKey(vm) || min > max)
            return new Answer(Verdict.Refused, default);
        Answer answer = Reserve(min.Value + Overhead(max.Value), max.Value - min.Value);
        if (answer.Verdict == Verdict.Granted)
            on[vm] = (min.Value, max.Value);
        return answer;
    }

    public bool PowerOff(VmId vm)
    {
        if (!on.Remove(vm, out (long Min, long Max) was))
            return false;
        memory += was.Min + Overhead(was.Max);
        swap += was.Max - was.Min;
        return true;
    }

    public Answer ChangeMin(VmId vm, PageCount min)
    {
        if (!on.TryGetValue(vm, out (long Min, long Max) now) || min.Value > now.Max)
            return new Answer(Verdict.Refused, default);
        Answer answer = Reserve(min.Value - now.Min, now.Min - min.Value);
        if (answer.Verdict == Verdict.Granted)
            on[vm] = (min.Value, now.Max);
        return answer;
    }

    public PageCount? LargestMin(PageCount max)
    {
        long largest = Math.Min(max.Value, memory - Overhead(max.Value));
        long smallest = Math.Max(0, max.Value - swap);
        return largest < smallest ? null : new PageCount(largest);
    }

    private Answer Reserve(long memoryNeeded, long swapNeeded)
    {
        if (memoryNeeded >= memory)
            return new Answer(Verdict.NoMemory, new PageCount(memoryNeeded - memory));
        if (swapNeeded >= swap && swapNeeded > 0)
            return new Answer(Verdict.NoSwap, new PageCount(swapNeeded - swap));
        memory -= memoryNeeded;
        swap -= swapNeeded;
        return new Answer(Verdict.Granted, default);
    }

    private long Overhead(long max) => host.FixedOverhead.Value + (max * host.OverheadPercent + 99) / 100;
}
