// Attack: writes code at run time that calls into the worker.
// Expect: threw NullReferenceException
using System.Reflection.Emit;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        DynamicMethod method = new("Forge", typeof(double), [], typeof(System.Reflection.Assembly).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, 42);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldind_R8);
        il.Emit(OpCodes.Ret);
        return (double)method.Invoke(null, [])!;
    }
}
