namespace Homework;

public sealed class IdleMemoryTax : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => 100.0 / (100 - taxPercent)

    public double SharesPerPage(TaxedVm vm, int taxPercent) => vm.Shares / vm.Pages;

    public Bill BillOf(TaxedVm vm, int taxPercent) => new Bill(0, 0);
}
