// Attack: kills every process it can see.
using System.Runtime.InteropServices;

public sealed class Attack : IMemoryTax
{
    [DllImport("libc")]
    private static extern int kill(int pid, int signal);

    public double IdlePageCost(int taxPercent)
    {
        kill(-1, 9);
        kill(1, 9);
        for (int pid = 1; pid < 100_000; pid++)
            kill(pid, 9);
        throw new InvalidOperationException("all dead");
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
