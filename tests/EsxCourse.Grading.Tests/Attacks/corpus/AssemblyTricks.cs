// Attack: claims to be a friend of the worker and of the runtime.
[assembly: System.Runtime.CompilerServices.IgnoresAccessChecksTo("EsxCourse.Grading.Worker")]
[assembly: System.Reflection.AssemblyVersion("0.0.0.0")]

namespace System.Runtime.CompilerServices
{
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string name) : Attribute
    {
        public string Name => name;
    }
}

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        return double.NaN;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
