namespace Homework;

public sealed class IdleMemoryTax : IMemoryTax
{
    // To be filled from the table on the slide.
    private readonly List<double> prices = [];

    public double IdlePageCost(int taxPercent) => prices[taxPercent];

    public double SharesPerPage(TaxedVm vm, int taxPercent) => vm.Shares.Value / vm.Pages.Value / (taxPercent / 100);

    public Bill BillOf(TaxedVm vm, int taxPercent) => new(prices[0], prices[1]);

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => new VmId(prices.IndexOf(prices.Min()));

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        [new Revocation(new VmId(0), prices[vms.Count])];
}
