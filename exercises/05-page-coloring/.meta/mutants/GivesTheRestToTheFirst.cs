// Mutant: gives what is left to the first VMs, whatever the remainders.
namespace Homework;

public sealed class PageColoring : IColoring
{
    private readonly Dictionary<Mpn, (VmId Vm, Ppn Page)> given = [];
    private SortedSet<int>[] free = [];
    private ColorRun[] runs = [];
    private int colors;

    public void Start(PageCount frames, int colors)
    {
        this.colors = colors;
        free = [.. Enumerable.Range(0, colors).Select(_ => new SortedSet<int>())];
        for (int frame = 0; frame < frames.Value; frame++)
            free[frame % colors].Add(frame);
    }

    public Mpn? Allocate(VmId vm, Ppn page)
    {
        ColorRun run = RunOf(vm);
        for (int step = 0; step < run.Count; step++)
        {
            int color = run.First + (page.Value + step) % run.Count;
            if (free[color].Count == 0)
                continue;
            Mpn frame = new(free[color].Min);
            free[color].Remove(frame.Value);
            given[frame] = (vm, page);
            return frame;
        }

        return null;
    }

    public void Free(Mpn frame)
    {
        given.Remove(frame);
        free[frame.Value % colors].Add(frame.Value);
    }

    public IReadOnlyList<ColorRun> Partition(IReadOnlyList<int> weights)
    {
        // One colour for each; of the rest, whole parts by weight; then one each by the largest remainder.
        long all = weights.Sum(w => (long)w), rest = colors - weights.Count;
        int[] count = [.. weights.Select(w => 1 + (int)(rest * w / Math.Max(1, all)))];
        int left = weights.Count == 0 ? 0 : colors - count.Sum();
        foreach (int vm in Enumerable.Range(0, weights.Count).Take(left))
            count[vm]++;
        int first = 0;
        runs = [.. count.Select(c => new ColorRun((first += c) - c, c))];
        return runs;
    }

    public int Misplaced() => given.Count(g => g.Key.Value % colors != Wanted(RunOf(g.Value.Vm), g.Value.Page));

    private ColorRun RunOf(VmId vm) => runs.Length == 0 ? new ColorRun(0, colors) : vm.Value < runs.Length ? runs[vm.Value] : default;

    private static int Wanted(ColorRun run, Ppn page) => run.Count == 0 ? -1 : run.First + page.Value % run.Count;
}
