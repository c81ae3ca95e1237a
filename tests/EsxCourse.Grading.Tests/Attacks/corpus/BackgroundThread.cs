// Attack: leaves a thread behind that floods the pipe.
using System.Runtime.InteropServices;
using System.Threading;

public sealed class Attack : IMemoryTax
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        new Thread(() =>
        {
            while (true)
            {
                for (int descriptor = 3; descriptor < 64; descriptor++)
                    write(descriptor, new byte[64], 64);
            }
        }) { IsBackground = true }.Start();
        Thread.Sleep(50);
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
