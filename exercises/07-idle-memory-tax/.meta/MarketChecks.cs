using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Allocation;

namespace EsxCourse.Exercises.Tax;

/// <summary>Inputs and right answers of the tax checks.</summary>
/// <remarks>
/// Prices that come out equal by one formula may differ in the last bit by another that is as right. Markets in which a decision hangs on
/// such a bit are not used: <see cref="Draw"/> and <see cref="Play"/> leave them out.
/// </remarks>
internal static class Market
{
    private const double TooClose = 1e-9;

    public static TaxedVm Vm(long shares, long pages, long active) => new(new Shares(shares), new PageCount(pages), new PageCount(active), Grows: false, Min: default);

    public static TaxedVm Random(Inputs inputs)
    {
        int pages = inputs.Whole(1, 60);
        return new TaxedVm(new Shares(inputs.Whole(10, 1000)), new PageCount(pages), new PageCount(inputs.Whole(0, pages + 5)), inputs.Chance(20), new PageCount(inputs.Whole(0, pages / 2)));
    }

    /// <summary>Two to five VMs of which no two pay nearly the same, one of them asking.</summary>
    public static (TaxedVm[] Vms, int Percent, int Requester) Draw(Inputs inputs)
    {
        while (true)
        {
            TaxedVm[] vms = [.. Enumerable.Range(0, inputs.Whole(2, 5)).Select(_ => Random(inputs))];
            int percent = inputs.Pick(0, 25, 50, 75, 80, 90);
            if (!AnyTooClose([.. vms.Select(vm => Price(vm, percent))]))
                return (vms, percent, inputs.Whole(0, vms.Length - 1));
        }
    }

    /// <summary>The library's answer; null when a decision hangs on the last bit.</summary>
    public static IReadOnlyList<Revocation>? Play(TaxedVm[] vms, int requester, int wanted, int free, int percent)
    {
        MemoryClient[] clients = [.. vms.Select(Client)];
        TaxRate tax = new(percent / 100.0);
        RevocationStep[] steps = [.. MinFundingRevocation.Satisfy(clients, requester, new PageCount(wanted), tax, new PageCount(free))];
        long[] last = steps.Length > 0 ? [.. steps[^1].Pages.Select(p => p.Value)] : [.. vms.Select((vm, i) => vm.Pages.Value + (i == requester ? Math.Min(free, wanted) : 0))];
        if (steps.Length > 0)
        {
            last[steps[^1].Victim]--;
            last[requester]++;
        }

        double[] atEnd = [.. vms.Select((vm, i) => Price(vm with { Pages = new PageCount(last[i]) }, percent))];
        return AnyTooClose(atEnd) || steps.Any(s => AnyTooClose([.. s.SharesPerPage]))
            ? null
            : [.. steps.Select(s => new Revocation(new VmId(s.Victim), s.SharesPerPage[s.Victim]))];
    }

    public static double Price(TaxedVm vm, int percent) => Client(vm).SharesPerPage(new TaxRate(percent / 100.0));

    public static MemoryClient Client(TaxedVm vm) =>
        new(vm.Shares, vm.Pages, vm.Grows ? new PageCount(int.MaxValue) : vm.Active, vm.Min, new PageCount(int.MaxValue));

    public static string Describe(TaxedVm vm) =>
        $"S = {vm.Shares.Value}, P = {vm.Pages.Value}, {(vm.Grows ? "grows" : $"A = {vm.Active.Value}")}, min = {vm.Min.Value}";

    private static bool AnyTooClose(double[] prices)
    {
        Array.Sort(prices);
        for (int i = 1; i < prices.Length; i++)
            if (prices[i] - prices[i - 1] <= TooClose * Math.Max(1, prices[i]))
                return true;
        return false;
    }
}
