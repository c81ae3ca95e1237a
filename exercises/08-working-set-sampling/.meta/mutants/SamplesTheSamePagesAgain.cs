// Mutant: keeps the first sample for ever.
namespace Homework;

public sealed class WorkingSetSampling : IWorkingSetSampling
{
    private readonly HashSet<Ppn> waiting = [];
    private IMappings mappings = null!;
    private IDice dice = null!;
    private SamplingRules rules = null!;
    private int size;
    private int sampled;
    private int ran;
    private Ppn[] first = [];
    private double slow;
    private double fast;

    public void Start(IMappings mappings, IDice dice, PageCount size, SamplingRules rules)
    {
        (this.mappings, this.dice, this.size, this.rules) = (mappings, dice, (int)size.Value, rules);
        slow = fast = 1;
        Choose();
        first = [.. waiting];
    }

    public void Trapped(Ppn page) => waiting.Remove(page);

    public void Ran(int milliseconds)
    {
        ran += milliseconds;
        while (ran >= rules.PeriodMilliseconds)
        {
            ran -= rules.PeriodMilliseconds;
            slow += rules.SlowGain * (Touched() - slow);
            fast += rules.FastGain * (Touched() - fast);
            ChooseAgain();
        }
    }

    private void ChooseAgain()
    {
        foreach (Ppn page in first)
        {
            waiting.Add(page);
            mappings.Invalidate(page);
        }
    }

    public double ActiveFraction()
    {
        double soFar = fast + rules.FastGain * (Touched() - fast);
        return Math.Max(slow, Math.Max(fast, soFar));
    }

    public PageCount ActivePages() => new((long)Math.Ceiling(ActiveFraction() * size - 1e-9));

    private double Touched() => (double)(sampled - waiting.Count) / sampled;

    private void Choose()
    {
        waiting.Clear();
        sampled = Math.Min(rules.Pages, size);
        while (waiting.Count < sampled)
        {
            Ppn page = new(dice.Below(size));
            if (waiting.Add(page))
                mappings.Invalidate(page);
        }
    }
}
