// Attack: makes itself namespaces of its own.
using System.Runtime.InteropServices;

public sealed class Attack : IMemoryTax
{
    [DllImport("libc")]
    private static extern int unshare(int flags);

    public double IdlePageCost(int taxPercent)
    {
        unshare(0x10000000);
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
