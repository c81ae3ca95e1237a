// Attack: calls the kernel without libc's help: io_uring.
using System.Runtime.InteropServices;

public sealed class Attack : IMemoryTax
{
    [DllImport("libc")]
    private static extern long syscall(long number, long a, long b, long c);

    public double IdlePageCost(int taxPercent)
    {
        syscall(425, 8, 0, 0);
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
