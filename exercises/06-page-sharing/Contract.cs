using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Sharing;

/// <summary>A machine page that the scan has come to, with what it holds at this moment.</summary>
/// <param name="Page">The machine page.</param>
/// <param name="Contents">Its 4,096 bytes.</param>
public sealed record ScannedPage(Mpn Page, byte[] Contents);

/// <summary>What becomes of a scanned page.</summary>
public enum ScanOutcome
{
    /// <summary>Nobody has the same contents: they are remembered as a hint.</summary>
    Hinted,

    /// <summary>It shares a frame from now on; its own machine page is free.</summary>
    Shared,

    /// <summary>It is a shared frame itself: nothing is done.</summary>
    IsFrame,
}

/// <summary>The answer for one scanned page.</summary>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Frame">The frame that it shares; the page itself where it does not.</param>
public readonly record struct ScanAnswer(ScanOutcome Outcome, Mpn Frame)
{
    /// <summary>Writes outcome and frame.</summary>
    public override string ToString() => Outcome == ScanOutcome.Shared ? $"shares {Frame}" : Outcome == ScanOutcome.Hinted ? "gets a hint" : "is a shared frame";
}

/// <summary>How much is in the table.</summary>
/// <param name="Hints">Hints, valid or stale.</param>
/// <param name="Frames">Shared frames, those with one user included.</param>
/// <param name="Users">Guest pages that use a frame.</param>
public readonly record struct SharingCounts(int Hints, int Frames, int Users)
{
    /// <summary>Writes all three.</summary>
    public override string ToString() => $"{Hints} hints, {Frames} frames with {Users} users";
}

/// <summary>The machine's memory.</summary>
public interface IMachine
{
    /// <summary>Reads a page as it is now. Costs as much as a comparison: read only what may be a match.</summary>
    /// <param name="page">A page that is in use.</param>
    /// <returns>Its 4,096 bytes.</returns>
    byte[] Read(Mpn page);
}

/// <summary>Content-based page sharing (OSDI '02 §4; slide "Content-based Sharing").</summary>
public interface IPageSharing
{
    /// <summary>Called once, first.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="largestCount">How many users one frame may have, at least 2.</param>
    void Start(IMachine machine, int largestCount);

    /// <summary>The scan has come to these pages, in this order; each is dealt with before the next.</summary>
    /// <param name="batch">The pages, each at most once.</param>
    /// <returns>One answer a page.</returns>
    IReadOnlyList<ScanAnswer> Scan(IReadOnlyList<ScannedPage> batch);

    /// <summary>A guest is about to write to a page.</summary>
    /// <param name="page">The machine page that backs it.</param>
    /// <returns>True if the guest gets a copy in a new machine page (and uses this one no more); false if it writes in place.</returns>
    bool Write(Mpn page);

    /// <summary>A guest gives up a page.</summary>
    /// <param name="page">The machine page that backs it.</param>
    /// <returns>True if the machine page is free now.</returns>
    bool Release(Mpn page);

    /// <summary>How much is in the table.</summary>
    SharingCounts Counts();
}
