// Attack: writes all over its memory.
using System.Runtime.InteropServices;

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        for (long address = 0x10000; ; address += 4096)
            Marshal.WriteInt64((nint)address, -1);
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
