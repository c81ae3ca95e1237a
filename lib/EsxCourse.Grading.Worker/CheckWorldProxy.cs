using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Worker;

/// <summary>Stands in for an object of the checks' world: each call goes back over the pipe and waits for the parent's answer.</summary>
/// <remarks>Only valid while the parent waits for student code on the same thread: calls from other threads would mix two conversations.</remarks>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class CheckWorldProxy : DispatchProxy
{
    private StudentSession session = null!;
    private int number;
    private ContractMethods methods = null!;

    public static object Make(StudentSession session, int number, Type contract)
    {
        object made = Create(contract, typeof(CheckWorldProxy));
        CheckWorldProxy proxy = (CheckWorldProxy)made;
        (proxy.session, proxy.number, proxy.methods) = (session, number, ContractMethods.Of(contract));
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        session.CallBack(number, methods, methods.NumberOf(targetMethod!), args ?? []);
}
