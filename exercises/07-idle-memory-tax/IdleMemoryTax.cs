namespace Homework;

/// <summary>Your solution to 07-idle-memory-tax. Fill in the five methods; README.md says what each must do.</summary>
public sealed class IdleMemoryTax : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => throw new NotImplementedException();

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
