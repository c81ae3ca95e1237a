namespace Homework;

public sealed class IdleMemoryTax : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => 100.0 / (100 - taxPercent);

    public double SharesPerPage(TaxedVm vm, int taxPercent)
    {
        if (vm.Pages.Value == 0)
            return double.PositiveInfinity;

        // P (f + k (1 - f)) = active pages + k x idle pages.
        long active = ActivePages(vm);
        return vm.Shares.Value / (active + IdlePageCost(taxPercent) * (vm.Pages.Value - active));
    }

    public Bill BillOf(TaxedVm vm, int taxPercent)
    {
        if (vm.Pages.Value == 0)
            return new Bill(0, 0);
        double price = SharesPerPage(vm, taxPercent);
        long active = ActivePages(vm);
        return new Bill(price * active, price * IdlePageCost(taxPercent) * (vm.Pages.Value - active));
    }

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent)
    {
        VmId? victim = null;
        double lowest = double.PositiveInfinity;
        for (int i = 0; i < vms.Count; i++)
        {
            double price = SharesPerPage(vms[i], taxPercent);
            if (vms[i].Pages > vms[i].Min && price < lowest)
                (victim, lowest) = (new VmId(i), price);
        }

        return victim;
    }

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent)
    {
        TaxedVm[] now = [.. vms];
        double[] activeFraction = [.. vms.Select(vm => vm.Pages.Value == 0 ? 1 : (double)ActivePages(vm) / vm.Pages.Value)];
        double Price(int vm) => now[vm].Pages.Value == 0 ? double.PositiveInfinity
            : now[vm].Shares.Value / (now[vm].Pages.Value * (activeFraction[vm] + IdlePageCost(taxPercent) * (1 - activeFraction[vm])));

        void Give(int vm, PageCount pages) => now[vm] = now[vm] with { Pages = now[vm].Pages + pages };

        PageCount free = PageCount.Min(wanted, freeAboveHigh);
        Give(requester.Value, free);
        List<Revocation> taken = [];
        while (new PageCount(taken.Count) < wanted - free)
        {
            int victim = requester.Value;
            for (int i = 0; i < now.Length; i++)
                if (now[i].Pages > now[i].Min && Price(i) < Price(victim))
                    victim = i;
            if (victim == requester.Value)
                break;
            taken.Add(new Revocation(new VmId(victim), Price(victim)));
            Give(victim, new PageCount(-1));
            Give(requester.Value, new PageCount(1));
        }

        return taken;
    }

    private static long ActivePages(TaxedVm vm) => vm.Grows ? vm.Pages.Value : Math.Min(vm.Active.Value, vm.Pages.Value);
}
