// Mutant: does not give the old machine page back.
namespace Homework;

public sealed class HotIoRemapping : IHotIoRemapping
{
    private IMachineMemory memory = null!;
    private HeatRules rules = null!;
    private Mpn[] pmap = [];
    private bool[] low = [];
    private int[] heat = [];

    public void Start(IMachineMemory memory, IReadOnlyList<Mpn> pmap, HeatRules rules)
    {
        (this.memory, this.rules, this.pmap) = (memory, rules, [.. pmap]);
        low = [.. pmap.Select(memory.IsLow)];
        heat = new int[pmap.Count];
    }

    public TransferOutcome Transfer(Ppn page)
    {
        heat[page.Value]++;
        if (low[page.Value])
            return TransferOutcome.Direct;
        return heat[page.Value] >= rules.HotAt && MoveDown(page.Value) ? TransferOutcome.Remapped : TransferOutcome.Bounced;
    }

    public void Cool()
    {
        for (int page = 0; page < heat.Length; page++)
            heat[page] /= 2;
    }

    public int Heat(Ppn page) => heat[page.Value];

    public Mpn Backing(Ppn page) => pmap[page.Value];

    private bool MoveDown(int page)
    {
        if (memory.AllocateLow() is not Mpn place)
        {
            if (!MakeRoom(heat[page]) || memory.AllocateLow() is not Mpn made)
                return false;
            place = made;
        }

        Move(page, place, toLow: true);
        return true;
    }

    private bool MakeRoom(int hotter)
    {
        int coldest = -1;
        for (int page = 0; page < heat.Length; page++)
            if (low[page] && (coldest < 0 || heat[page] < heat[coldest]))
                coldest = page;
        if (coldest < 0 || hotter < heat[coldest] + rules.Lead || memory.AllocateHigh() is not Mpn place)
            return false;
        Move(coldest, place, toLow: false);
        return true;
    }

    private void Move(int page, Mpn place, bool toLow)
    {
        memory.Copy(pmap[page], place);
        (pmap[page], low[page]) = (place, toLow);
    }
}
