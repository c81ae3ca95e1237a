using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace EsxCourse.Grading.Calls;

/// <summary>Implements an interface by handing each call on.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class StandIn : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> call = null!;

    public static object Make(Type contract, Func<MethodInfo, object?[], object?> call)
    {
        object made = Create(contract, typeof(StandIn));
        ((StandIn)made).call = call;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => call(targetMethod!, args ?? []);
}
