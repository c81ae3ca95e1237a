namespace Homework;

public sealed class IdleMemoryTax : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => Leave<double>();

    public double SharesPerPage(TaxedVm vm, int taxPercent) => Leave<double>();

    public Bill BillOf(TaxedVm vm, int taxPercent) => Leave<Bill>();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => Leave<VmId?>();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) => Leave<IReadOnlyList<Revocation>>();

    private static T Leave<T>()
    {
        Environment.Exit(0);
        return default!;
    }
}
