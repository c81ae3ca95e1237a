// Attack: closes every descriptor and lives on.
using System.Runtime.InteropServices;
using System.Threading;

public sealed class Attack : IMemoryTax
{
    [DllImport("libc")]
    private static extern int close(int descriptor);

    public double IdlePageCost(int taxPercent)
    {
        for (int descriptor = 0; descriptor < 64; descriptor++)
            close(descriptor);
        Thread.Sleep(-1);
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
