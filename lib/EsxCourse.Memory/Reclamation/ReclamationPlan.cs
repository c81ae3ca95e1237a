using EsxCourse.Contracts;

namespace EsxCourse.Memory.Reclamation;

// Who gives how much, and by which means (OSDI '02 §6.3). Pure: the host acts on it.
//
//     state   VM above its target
//     High    nothing
//     Soft    balloon; page what ballooning cannot get (no driver, not started, refusing, at its maximum)
//     Hard    page; whatever the balloon still brings makes it less
//     Low     page, and do not run
//
// A VM at or below its target gives nothing in any state.

/// <summary>What is asked of one VM.</summary>
/// <param name="Balloon">Pages to reclaim by ballooning.</param>
/// <param name="PageOut">Pages to reclaim by paging.</param>
/// <param name="Blocked">Whether the VM must not run.</param>
public readonly record struct ReclamationPlan(PageCount Balloon, PageCount PageOut, bool Blocked)
{
    /// <summary>The plan for one VM.</summary>
    /// <param name="state">The host's state.</param>
    /// <param name="allocated">Machine pages that the VM holds.</param>
    /// <param name="target">What it should hold at most.</param>
    /// <param name="balloonRoom">How many more pages its balloon can take; none when its driver does not answer.</param>
    /// <returns>What to ask of it.</returns>
    public static ReclamationPlan For(ReclamationState state, PageCount allocated, PageCount target, PageCount balloonRoom)
    {
        PageCount surplus = PageCount.Max(allocated - target, PageCount.Zero);
        PageCount balloon = PageCount.Min(surplus, balloonRoom);
        return state switch
        {
            ReclamationState.High => default,
            ReclamationState.Soft => new ReclamationPlan(balloon, surplus - balloon, false),
            ReclamationState.Hard => new ReclamationPlan(balloon, surplus, false),
            _ => new ReclamationPlan(balloon, surplus, surplus > PageCount.Zero),
        };
    }
}
