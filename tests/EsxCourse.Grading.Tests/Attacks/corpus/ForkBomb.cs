// Attack: forks by P/Invoke.
using System.Runtime.InteropServices;

public sealed class Attack : IMemoryTax
{
    [DllImport("libc")]
    private static extern int fork();

    public double IdlePageCost(int taxPercent)
    {
        while (true)
        {
            if (fork() < 0)
                throw new InvalidOperationException("no fork");
        }
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
