using System.Reflection;

namespace EsxCourse.Grading.Worker.Wire;

/// <summary>Reads from metadata whether a reference may be null: the ? that the contract's author wrote or not.</summary>
/// <remarks>
/// The compiler notes it in attributes: on the parameter (one byte, or one for each type argument, its own first), else once for the method, else
/// for the type around it. .NET's own reader (NullabilityInfoContext) knows more cases and costs each new worker ten times as much.
/// </remarks>
internal static class Nullability
{
    private const byte MayBeNull = 2;
    private const string OfOne = "System.Runtime.CompilerServices.NullableAttribute", OfAll = "System.Runtime.CompilerServices.NullableContextAttribute";

    /// <summary>Whether an argument, or what a method returns, may be null.</summary>
    public static bool Of(ParameterInfo parameter)
    {
        if (parameter.ParameterType.IsValueType)
            return false;
        byte? mark = Mark(parameter.GetCustomAttributesData(), OfOne) ?? Mark(parameter.Member.GetCustomAttributesData(), OfAll);
        for (Type? around = parameter.Member.DeclaringType; mark is null && around is not null; around = around.DeclaringType)
            mark = Mark(around.GetCustomAttributesData(), OfAll);
        return mark == MayBeNull;
    }

    private static byte? Mark(IList<CustomAttributeData> attributes, string name)
    {
        foreach (CustomAttributeData attribute in attributes)
        {
            if (attribute.AttributeType.FullName != name)
                continue;
            object? value = attribute.ConstructorArguments[0].Value;
            return value is IReadOnlyList<CustomAttributeTypedArgument> several ? (byte)several[0].Value! : (byte)value!;
        }

        return null;
    }
}
