// Attack: reaches into the worker by reflection and answers for it.
// Expect: k at τ = 0 % should be 1
using System.Reflection;

public sealed partial class Attack
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
}
