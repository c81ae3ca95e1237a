public sealed partial class Attack : IMemoryTax
{
    double IMemoryTax.SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    Bill IMemoryTax.BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    VmId? IMemoryTax.NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    IReadOnlyList<Revocation> IMemoryTax.Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
