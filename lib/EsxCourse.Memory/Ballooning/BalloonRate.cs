namespace EsxCourse.Memory.Ballooning;

/// <summary>How fast a balloon may grow and shrink, in pages for each poll (one a second).</summary>
/// <remarks>
/// OSDI '02 §3.2 says only that the rate is limited adaptively. The numbers are those of Linux's vmw_balloon 1.2 (facts §2).
/// A guest of a few hundred pages needs smaller ones to show anything: use <c>with</c>.
/// </remarks>
public sealed record BalloonRate
{
    /// <summary>Linux's numbers.</summary>
    public static BalloonRate Default { get; } = new();

    /// <summary>The most pages taken from the guest's free list in one poll.</summary>
    public int FromFreeList { get; init; } = 16_384;

    /// <summary>The least that the rate falls to when the guest has to evict for the driver.</summary>
    public int Slowest { get; init; } = 512;

    /// <summary>The most that it rises to.</summary>
    public int Fastest { get; init; } = 2_048;

    /// <summary>By how much it rises after a poll that used it up.</summary>
    public int Increase { get; init; } = 16;

    /// <summary>For how many polls after a refusal pages of the free list are taken slowly, too.</summary>
    public int SlowPolls { get; init; } = 4;

    /// <summary>The most pages given back in one poll.</summary>
    public int Release { get; init; } = 16_384;

    /// <summary>A driver that moves so many pages a poll at most, up or down, whatever happens.</summary>
    /// <param name="pages">Pages for each poll, at least 1.</param>
    /// <returns>The rate.</returns>
    public static BalloonRate Fixed(int pages) =>
        new() { FromFreeList = pages, Slowest = pages, Fastest = pages, Increase = 0, Release = pages };

    internal BalloonRate Checked() =>
        Slowest >= 1 && Fastest >= Slowest && FromFreeList >= 1 && Release >= 1 && Increase >= 0 && SlowPolls >= 0
            ? this
            : throw new ArgumentException($"A balloon rate needs 1 <= Slowest <= Fastest, FromFreeList and Release >= 1, Increase and SlowPolls >= 0; it is {this}.");
}
