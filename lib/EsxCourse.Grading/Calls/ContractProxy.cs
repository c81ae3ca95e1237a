using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace EsxCourse.Grading.Calls;

/// <summary>Implements a contract by calling the student's object in its sandbox.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class ContractProxy : DispatchProxy
{
    private StudentCode code = null!;
    private int number;

    public static object Make(StudentCode code, int number, Type contract)
    {
        object made = Create(contract, typeof(ContractProxy));
        ContractProxy proxy = (ContractProxy)made;
        (proxy.code, proxy.number) = (code, number);
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => code.Call(number, targetMethod!, args ?? []);
}
