// Attack: never gets out of its module initialiser.
using System.Runtime.CompilerServices;

public sealed class Attack : IMemoryTax
{
    [ModuleInitializer]
    internal static void Begin()
    {
        while (true)
        {
        }
    }

    public double IdlePageCost(int taxPercent)
    {
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
