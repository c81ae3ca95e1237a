// Attack: throws an exception whose message throws.

public sealed class Attack : IMemoryTax
{
    private sealed class Hostile : Exception
    {
        public override string Message => throw new InvalidOperationException();
    
        public override string ToString() => new('x', 1_000_000_000);
    }

    public double IdlePageCost(int taxPercent)
    {
        throw new Hostile();
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
