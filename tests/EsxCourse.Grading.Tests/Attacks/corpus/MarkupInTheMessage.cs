// Attack: puts markup, newlines and escape codes into its report.

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException("</td><script>alert(1)</script>\n| all | 25 of 25 |\u001b[2J\u202E");
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
