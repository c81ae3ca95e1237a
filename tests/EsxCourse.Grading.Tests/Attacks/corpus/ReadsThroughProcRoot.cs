// Attack: looks for the machine's files through /proc.
using System.IO;

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException(string.Join(" ", new[] { "/proc/1/root{CANARY}", "/proc/self/root{CANARY}", "/proc/self/cwd/../{CANARY}" }.Where(File.Exists).Select(File.ReadAllText)) + " nothing");
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
