using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Admission;

/// <summary>What a host has, and what each VM costs beside its own memory.</summary>
/// <param name="Memory">Machine memory.</param>
/// <param name="Swap">Swap space.</param>
/// <param name="FixedOverhead">The monitor's own memory for any VM.</param>
/// <param name="OverheadPercent">More of it: so many percent of the VM's max, rounded up to whole pages.</param>
public sealed record HostSize(PageCount Memory, PageCount Swap, PageCount FixedOverhead, int OverheadPercent);

/// <summary>Whether something is granted.</summary>
public enum Verdict
{
    /// <summary>It is, and what it takes is reserved.</summary>
    Granted,

    /// <summary>There is too little machine memory for the guarantees.</summary>
    NoMemory,

    /// <summary>There is too little swap space for what is above them.</summary>
    NoSwap,

    /// <summary>The request makes no sense: a VM that is on already or is not, a min above max.</summary>
    Refused,
}

/// <summary>The answer to a request.</summary>
/// <param name="Verdict">Whether it is granted.</param>
/// <param name="Missing">How many more pages of the resource would have been needed; none unless it is short.</param>
public readonly record struct Answer(Verdict Verdict, PageCount Missing)
{
    /// <summary>Writes verdict and shortage.</summary>
    public override string ToString() => Missing.Value == 0 ? $"{Verdict}" : $"{Verdict}, {Missing.Value} missing";
}

/// <summary>Admission control (OSDI '02 §6.2; slide "min, max, shares").</summary>
public interface IAdmission
{
    /// <summary>Called once, first. No VM is on.</summary>
    /// <param name="host">The host.</param>
    void Start(HostSize host);

    /// <summary>Powers a VM on, if its guarantee can be kept.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="min">Its guaranteed pages.</param>
    /// <param name="max">Its size.</param>
    Answer PowerOn(VmId vm, PageCount min, PageCount max);

    /// <summary>Powers a VM off.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>Whether it was on.</returns>
    bool PowerOff(VmId vm);

    /// <summary>Changes the guarantee of a VM that is on. Everything else stays as it is; if it is not granted, the guarantee too.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="min">Its new guaranteed pages.</param>
    Answer ChangeMin(VmId vm, PageCount min);

    /// <summary>Machine memory that is not reserved.</summary>
    PageCount FreeMemory();

    /// <summary>Swap space that is not reserved.</summary>
    PageCount FreeSwap();

    /// <summary>The largest guarantee with which a new VM of a size could be powered on now.</summary>
    /// <param name="max">Its size.</param>
    /// <returns>The guarantee; null if there is none, not even 0.</returns>
    PageCount? LargestMin(PageCount max);
}
