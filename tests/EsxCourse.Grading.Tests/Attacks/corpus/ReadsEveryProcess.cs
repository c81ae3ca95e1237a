// Attack: reads what /proc shows of other processes.
using System.IO;

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(string.Join(" ", Directory.GetDirectories("/proc").Select(p => p + "/environ").Where(File.Exists).Select(File.ReadAllText)));
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
