// Attack: takes all native memory.
using System.Runtime.InteropServices;

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        while (true)
        {
            IntPtr block = Marshal.AllocHGlobal(1 << 24);
            for (int i = 0; i < 1 << 24; i += 4096)
                Marshal.WriteByte(block, i, 1);
        }
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
