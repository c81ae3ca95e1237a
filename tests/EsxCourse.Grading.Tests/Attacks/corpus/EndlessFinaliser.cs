// Attack: burns the processor in a finaliser.

public sealed class Attack : IMemoryTax
{
    private sealed class Trap
    {
        ~Trap()
        {
            while (true)
            {
            }
        }
    }

    public double IdlePageCost(int taxPercent)
    {
        _ = new Trap();
        GC.Collect();
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
