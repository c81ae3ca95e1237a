// Attack: reaches into the worker by reflection and answers for it.
using System.Reflection;

public sealed class Attack : IMemoryTax
{

    public double IdlePageCost(int taxPercent)
    {
        foreach (Type type in Assembly.GetEntryAssembly()!.GetTypes())
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static))
            {
                if (!field.IsLiteral && !field.IsInitOnly && !field.FieldType.IsValueType)
                    field.SetValue(null, null);
            }
        }
        
        return 0;
    }

    public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

    public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

    public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) =>
        throw new NotImplementedException();
}
