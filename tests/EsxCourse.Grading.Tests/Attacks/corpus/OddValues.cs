// Attack: answers with the extremes of every type: no check may break on them.
// Expect: your answer is -Infinity
public sealed class Attack : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => double.NegativeInfinity;

    public double SharesPerPage(TaxedVm vm, int taxPercent) => double.MaxValue;

    public Bill BillOf(TaxedVm vm, int taxPercent) => new(double.PositiveInfinity, double.NegativeInfinity);

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => new VmId(int.MaxValue);

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        [.. Enumerable.Repeat(new Revocation(new VmId(int.MaxValue), double.NaN), 10_000)];
}
