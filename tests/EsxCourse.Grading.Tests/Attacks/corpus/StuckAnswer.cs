// Attack: answers with a list whose first element never comes.
// Expect: used more than 0.5 s of CPU time in one call
public sealed class Attack : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => 0;

    public double SharesPerPage(TaxedVm vm, int taxPercent) => 0;

    public Bill BillOf(TaxedVm vm, int taxPercent) => default;

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => new VmId(12345);

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) => new Stuck();

    public override string ToString() => new('x', int.MaxValue / 4);

    private sealed class Stuck : List<Revocation>, IEnumerable<Revocation>, System.Collections.IEnumerable
    {
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator()
        {
            while (true)
            {
            }
        }
    }
}
