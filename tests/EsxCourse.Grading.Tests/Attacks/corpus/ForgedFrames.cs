// Attack: writes a forged result on every descriptor.
using System.Runtime.InteropServices;

public sealed class Attack : IMemoryTax
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        byte[] frame = [13, 0, 0, 0, 5, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 240, 63];
        for (int descriptor = 0; descriptor < 64; descriptor++)
        {
            for (int times = 0; times < 20; times++)
                write(descriptor, frame, frame.Length);
        }
        
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
