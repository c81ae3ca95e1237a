using EsxCourse.Contracts;

namespace EsxCourse.Exercises.States;

/// <summary>How short of memory the host is.</summary>
public enum HostState
{
    /// <summary>Enough.</summary>
    High,

    /// <summary>Ballooning; paging where the balloon cannot.</summary>
    Soft,

    /// <summary>Paging.</summary>
    Hard,

    /// <summary>Paging, and VMs above their target do not run.</summary>
    Low,
}

/// <summary>Amounts of free memory.</summary>
/// <param name="High">6 % of the machine.</param>
/// <param name="Soft">4 %.</param>
/// <param name="Hard">2 %.</param>
/// <param name="Low">1 %.</param>
public sealed record HostThresholds(PageCount High, PageCount Soft, PageCount Hard, PageCount Low);

/// <summary>A VM as the host sees it at this moment.</summary>
/// <param name="Allocated">Machine pages that it holds.</param>
/// <param name="Target">What it should hold; may be more than it does.</param>
/// <param name="BalloonRoom">How many more pages its balloon can take; none if no driver answers.</param>
public sealed record VmSituation(PageCount Allocated, PageCount Target, PageCount BalloonRoom);

/// <summary>What is asked of one VM.</summary>
/// <param name="Balloon">Pages to come by ballooning.</param>
/// <param name="PageOut">Pages to come by paging.</param>
/// <param name="Blocked">Whether it must not run.</param>
public readonly record struct VmOrder(PageCount Balloon, PageCount PageOut, bool Blocked)
{
    /// <summary>Writes what is asked.</summary>
    public override string ToString() => $"balloon {Balloon.Value}, page out {PageOut.Value}{(Blocked ? ", blocked" : "")}";
}

/// <summary>The host's four states and what it asks of its VMs (OSDI '02 §6.3; slide "Four states, with hysteresis").</summary>
public interface IReclamation
{
    /// <summary>Called once, first. The host begins in the state High.</summary>
    /// <param name="machine">The machine's memory.</param>
    void Start(PageCount machine);

    /// <summary>The thresholds of this machine, in whole pages, rounded up.</summary>
    HostThresholds Thresholds();

    /// <summary>A second has passed.</summary>
    /// <param name="free">Free memory now.</param>
    /// <returns>The state from now on.</returns>
    HostState Tick(PageCount free);

    /// <summary>What is asked of each VM, in the state and with the free memory of the last tick.</summary>
    /// <param name="vms">All VMs.</param>
    /// <returns>One order a VM, in the same order.</returns>
    IReadOnlyList<VmOrder> Orders(IReadOnlyList<VmSituation> vms);
}
