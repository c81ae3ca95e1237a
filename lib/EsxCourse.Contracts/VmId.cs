namespace EsxCourse.Contracts;

/// <summary>Which virtual machine of a host: its index in order of creation.</summary>
/// <param name="Value">The index, from 0. It is never given to another VM of the same host.</param>
/// <remarks>Values are ordered by creation. The default is the first VM.</remarks>
public readonly record struct VmId(int Value) : IComparable<VmId>
{
    /// <summary>Compares by creation.</summary>
    /// <param name="other">The VM to compare with.</param>
    /// <returns>Negative, zero or positive, as <see cref="IComparable{T}"/> has it.</returns>
    public int CompareTo(VmId other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> was made first.</summary>
    /// <param name="left">One VM.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(VmId left, VmId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> was made later.</summary>
    /// <param name="left">One VM.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(VmId left, VmId right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> was not made later.</summary>
    /// <param name="left">One VM.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(VmId left, VmId right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> was not made first.</summary>
    /// <param name="left">One VM.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(VmId left, VmId right) => left.Value >= right.Value;

    /// <summary>Writes the VM's name, counted from 1 as the paper does: the first is <c>VM1</c>.</summary>
    public override string ToString() => $"VM{Value + 1}";
}
