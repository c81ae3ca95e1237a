namespace Homework;

public sealed class IdleMemoryTax : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => 1 / (1 - taxPercent / 100.0);

    public double SharesPerPage(TaxedVm vm, int taxPercent)
    {
        double pages = vm.Pages.Value;
        if (pages == 0)
            return double.PositiveInfinity;
        double f = ActiveFraction(vm), k = IdlePageCost(taxPercent);
        return vm.Shares.Value / (pages * (f + k * (1 - f)));
    }

    public Bill BillOf(TaxedVm vm, int taxPercent)
    {
        if (vm.Pages.Value == 0)
            return new Bill(0, 0);
        double price = SharesPerPage(vm, taxPercent), f = ActiveFraction(vm);
        double active = price * f * vm.Pages.Value;
        return new Bill(active, vm.Shares.Value - active);
    }

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent)
    {
        int[] candidates = [.. Enumerable.Range(0, vms.Count).Where(i => vms[i].Pages > vms[i].Min)];
        return candidates.Length == 0 ? null : new VmId(candidates.MinBy(i => SharesPerPage(vms[i], taxPercent)));
    }

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent)
    {
        List<TaxedVm> market = [.. vms];
        List<Revocation> taken = [];
        PageCount one = new(1);
        for (long i = 0; i < wanted.Value; i++)
        {
            TaxedVm asking = market[requester.Value];
            if (i >= freeAboveHigh.Value)
            {
                VmId? victim = NextVictim(market, taxPercent);
                if (victim is not VmId poor || poor == requester)
                    break;
                double price = SharesPerPage(market[poor.Value], taxPercent);
                if (price >= SharesPerPage(asking, taxPercent))
                    break;
                taken.Add(new Revocation(poor, price));
                market[poor.Value] = market[poor.Value] with { Pages = market[poor.Value].Pages - one };
            }

            market[requester.Value] = asking with { Pages = asking.Pages + one };
        }

        return taken;
    }

    private static double ActiveFraction(TaxedVm vm) => vm.Grows ? 1 : Math.Min(1.0, (double)vm.Active.Value / vm.Pages.Value);
}
