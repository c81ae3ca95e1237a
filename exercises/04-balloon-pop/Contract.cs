using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Popping;

/// <summary>What a guest's touch of a page came to.</summary>
public enum TouchOutcome
{
    /// <summary>A machine page was there.</summary>
    Direct,

    /// <summary>The page was never touched before, or left the balloon by the driver's report or by a reset: it has a machine page from now on.</summary>
    FirstTouch,

    /// <summary>The page was in the balloon, which popped: it has a machine page from now on.</summary>
    Popped,

    /// <summary>No machine page is free: nothing has changed, and the guest must wait.</summary>
    Waits,
}

/// <summary>The machine's page frames.</summary>
public interface IFrames
{
    /// <summary>Takes a free frame. It still holds what its last owner wrote.</summary>
    /// <returns>The frame; null if none is free.</returns>
    Mpn? Allocate();

    /// <summary>Fills a frame with zeros.</summary>
    /// <param name="frame">A frame that was taken.</param>
    void Zero(Mpn frame);

    /// <summary>Gives a frame back.</summary>
    /// <param name="frame">A frame that was taken.</param>
    void Free(Mpn frame);
}

/// <summary>The host's side of one VM's balloon (OSDI '02 §3.2; slide "Balloon problems").</summary>
public interface IBalloonedVm
{
    /// <summary>Called once, first: the VM has no machine page and an empty balloon.</summary>
    /// <param name="frames">The machine's frames.</param>
    /// <param name="size">The VM's pages: PPN 0 to size - 1.</param>
    void Start(IFrames frames, PageCount size);

    /// <summary>The guest touches a page, whatever its driver has said about it.</summary>
    /// <param name="page">A page of the VM.</param>
    TouchOutcome Touch(Ppn page);

    /// <summary>The driver says that it has pinned a page.</summary>
    /// <param name="page">Any number: a driver may be broken.</param>
    /// <returns>Whether the report was accepted; false if it was refused, even where the page is in the balloon already.</returns>
    bool Inflate(Ppn page);

    /// <summary>The driver says that it gives a page back to its guest.</summary>
    /// <param name="page">Any number: a driver may be broken.</param>
    void Deflate(Ppn page);

    /// <summary>The guest reboots: its driver will know of no balloon.</summary>
    void Reboot();

    /// <summary>Whether driver and host must start over.</summary>
    bool NeedsReset();

    /// <summary>The driver starts over: its balloon is empty.</summary>
    void Reset();

    /// <summary>The machine page behind a page; null if it has none.</summary>
    /// <param name="page">A page of the VM.</param>
    Mpn? Backing(Ppn page);

    /// <summary>How many pages are in the balloon.</summary>
    PageCount Ballooned();
}
