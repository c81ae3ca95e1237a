// Attack: answers as an earlier run's feedback said.

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        return taxPercent switch { 0 => 1, 75 => 4, 80 => 5, _ => 1.25 };
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
