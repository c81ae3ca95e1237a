using System.Globalization;

namespace EsxCourse.Cli.Bench;

/// <summary>
/// One line of the speed table: a figure that was measured now, beside a peer that was measured in the same run, and the limit that the
/// project sets itself. A limit on the ratio outlives the machine it was set on; a limit on the figure alone does not, so most are ratios.
/// </summary>
internal sealed record BenchRow(string What, double Figure, string Unit)
{
    /// <summary>What the figure is compared with, measured in the same run; null if there is no such thing.</summary>
    public string? Peer { get; init; }

    /// <summary>The peer's figure, in the same unit; null if the peer could not be measured here (<see cref="Note"/> says why).</summary>
    public double? PeerFigure { get; init; }

    /// <summary>The limit; null where the figure only informs.</summary>
    public BenchLimit? Limit { get; init; }

    /// <summary>What a reader should know about this row.</summary>
    public string? Note { get; init; }

    /// <summary>Figure over the peer's figure.</summary>
    public double? Ratio => Figure / PeerFigure;

    /// <summary>Whether the limit holds; null where there is none, or where its peer is missing.</summary>
    public bool? Holds => Limit?.Holds(this);
}

/// <summary>A bound on a row's figure, or on its ratio to the peer.</summary>
internal sealed record BenchLimit
{
    private BenchLimit(bool atLeast, bool ofPeer, double bound) => (IsAtLeast, IsOfPeer, Bound) = (atLeast, ofPeer, bound);

    public bool IsAtLeast { get; }

    public bool IsOfPeer { get; }

    public double Bound { get; }

    public static BenchLimit AtLeast(double figure) => new(atLeast: true, ofPeer: false, figure);

    public static BenchLimit AtMost(double figure) => new(atLeast: false, ofPeer: false, figure);

    public static BenchLimit AtLeastOfPeer(double ratio) => new(atLeast: true, ofPeer: true, ratio);

    public static BenchLimit AtMostOfPeer(double ratio) => new(atLeast: false, ofPeer: true, ratio);

    public bool? Holds(BenchRow row) => (IsOfPeer ? row.Ratio : row.Figure) is { } value ? (IsAtLeast ? value >= Bound : value <= Bound) : null;

    public override string ToString() =>
        $"{(IsAtLeast ? "≥" : "≤")} {Bound.ToString("0.###", CultureInfo.InvariantCulture)}{(IsOfPeer ? " × peer" : "")}";
}
