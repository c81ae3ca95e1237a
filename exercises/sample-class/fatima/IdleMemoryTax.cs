namespace Homework;

public sealed class IdleMemoryTax : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => Wait<double>();

    public double SharesPerPage(TaxedVm vm, int taxPercent) => Wait<double>();

    public Bill BillOf(TaxedVm vm, int taxPercent) => Wait<Bill>();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => Wait<VmId?>();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) => Wait<IReadOnlyList<Revocation>>();

    private static T Wait<T>()
    {
        while (true)
        {
        }
    }
}
