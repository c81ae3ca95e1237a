namespace Homework;

public sealed class IdleMemoryTax : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => 100.0 / (100 - taxPercent);

    public double SharesPerPage(TaxedVm vm, int taxPercent)
    {
        double f = vm.Grows ? 1 : Math.Min(1, (double)vm.Active.Value / vm.Pages.Value);
        return vm.Shares.Value / (vm.Pages.Value * (f + IdlePageCost(taxPercent) * (1 - f)));
    }

    // As on the slide: active pages at the market price, idle ones at rho.
    public Bill BillOf(TaxedVm vm, int taxPercent)
    {
        double market = (double)vm.Shares.Value / vm.Pages.Value;
        return new Bill(market * vm.Active.Value, SharesPerPage(vm, taxPercent) * (vm.Pages.Value - vm.Active.Value));
    }

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent)
    {
        VmId? victim = null;
        foreach (var (vm, i) in vms.Select((vm, i) => (vm, i)))
            if (vm.Pages > vm.Min && (victim is null || SharesPerPage(vm, taxPercent) < SharesPerPage(vms[victim.Value.Value], taxPercent)))
                victim = new VmId(i);
        return victim;
    }

    // Ran out of time here.
    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
