using System.Collections.Concurrent;
using System.Reflection;

namespace EsxCourse.Grading.Worker.Wire;

/// <summary>The methods of a contract in an order that both sides agree on, with the layout of their arguments and results.</summary>
internal sealed class ContractMethods
{
    private static readonly ConcurrentDictionary<Type, ContractMethods> Known = new();
    private readonly Dictionary<MethodInfo, int> numbers = [];

    private ContractMethods(Type contract)
    {
        Methods = InOrder(contract);
        (Arguments, Results) = (new Shape[Methods.Length][], new Shape?[Methods.Length]);
        for (int i = 0; i < Methods.Length; i++)
        {
            numbers[Methods[i]] = i;
            Arguments[i] = Shape.OfArguments(Methods[i]);
            Results[i] = Shape.OfResult(Methods[i]);
        }
    }

    public MethodInfo[] Methods { get; }

    /// <summary>Indexed by method, then by argument.</summary>
    public Shape[][] Arguments { get; }

    /// <summary>Indexed by method; null for void.</summary>
    public Shape?[] Results { get; }

    /// <exception cref="WireFormatException">A type of the contract cannot cross the pipe.</exception>
    public static ContractMethods Of(Type contract) => Known.GetOrAdd(contract, c => new ContractMethods(c));

    public int NumberOf(MethodInfo method) => numbers[method];

    public void WriteArguments(WireWriter writer, int method, object?[] arguments, ICallbackEnd callbacks)
    {
        for (int i = 0; i < arguments.Length; i++)
            Arguments[method][i].Write(writer, arguments[i], callbacks);
    }

    public object?[] ReadArguments(WireReader reader, int method, ICallbackEnd callbacks)
    {
        object?[] arguments = new object?[Arguments[method].Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = Arguments[method][i].Read(reader, callbacks);
        return arguments;
    }

    /// <summary>Both sides read the same assembly, so the order of its metadata is the same on both.</summary>
    private static MethodInfo[] InOrder(Type contract)
    {
        // Plain loops: every new worker runs this once, and what it runs once costs what compiling it costs.
        List<MethodInfo> methods = [.. contract.GetMethods()];
        foreach (Type inherited in contract.GetInterfaces())
            methods.AddRange(inherited.GetMethods());
        methods.RemoveAll(static method => !method.IsAbstract);
        methods.Sort(static (a, b) => string.CompareOrdinal(a.DeclaringType!.FullName, b.DeclaringType!.FullName) is not 0 and int order ? order : a.MetadataToken.CompareTo(b.MetadataToken));
        return [.. methods];
    }
}
