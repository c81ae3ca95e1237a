// Attack: answers with a list that never ends.
// Expect: more than 1024 KiB in one message
public sealed class Attack : IMemoryTax
{
    public double IdlePageCost(int taxPercent) => 0;

    public double SharesPerPage(TaxedVm vm, int taxPercent) => 0;

    public Bill BillOf(TaxedVm vm, int taxPercent) => default;

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => new VmId(12345);

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) => new Endless();

    private sealed class Endless : IReadOnlyList<Revocation>
    {
        public int Count => -1;

        public Revocation this[int index] => default;

        public IEnumerator<Revocation> GetEnumerator()
        {
            while (true)
                yield return default;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
