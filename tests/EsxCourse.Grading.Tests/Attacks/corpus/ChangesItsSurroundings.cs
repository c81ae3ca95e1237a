// Attack: changes culture, environment and folder.

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new System.Globalization.CultureInfo("tr-TR");
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", "/tmp/x.dll");
        Environment.CurrentDirectory = "/";
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
