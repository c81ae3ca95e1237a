using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Checks.References;

/// <summary>The objects of a check's world that the reference was given, numbered as they came; one that comes again keeps its number.</summary>
/// <param name="standIn">Makes what the reference sees of a numbered object; null where there is no reference to see it.</param>
internal sealed class HandedObjects(Func<int, Type, object>? standIn) : ICallbackEnd
{
    private const int MaxBytes = 64 << 20;

    private readonly List<(object Target, ContractMethods Methods)> handed = [];

    public (object Target, ContractMethods Methods) this[int number] => handed[number];

    public int NumberOf(object target, Type contract)
    {
        int known = handed.FindIndex(h => ReferenceEquals(h.Target, target));
        if (known >= 0)
            return known;
        handed.Add((target, ContractMethods.Of(contract)));
        return handed.Count - 1;
    }

    public object StandInFor(int number, Type contract) => standIn?.Invoke(number, contract) ?? throw new WireFormatException($"a {contract.Name} of its own");

    /// <summary>What a writer writes, as bytes.</summary>
    public static byte[] Bytes(Action<WireWriter> write)
    {
        WireWriter writer = new(MaxBytes);
        write(writer);
        return writer.Written.ToArray();
    }
}
