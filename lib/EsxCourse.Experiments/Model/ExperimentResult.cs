using System.Collections.Immutable;

namespace EsxCourse.Experiments;

/// <summary>Whether a simulated number was chosen for or came out.</summary>
public enum RowKind
{
    /// <summary>Constants were chosen for this one.</summary>
    Fitted,

    /// <summary>It came out.</summary>
    Predicted,

    /// <summary>It is shown beside the others; nothing is demanded of it.</summary>
    Shown,
}

/// <summary>One published number beside the simulated one.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Published">What the paper has; null where it says nothing to compare with.</param>
/// <param name="Simulated">What the simulation has.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Kind">Fitted, predicted or shown only.</param>
/// <param name="Least">The least simulated value that holds; null where there is none.</param>
/// <param name="Most">The largest simulated value that holds; null where there is none.</param>
public sealed record ResultRow(string What, double? Published, double Simulated, string Unit, RowKind Kind, double? Least = null, double? Most = null)
{
    /// <summary>Why it misses its tolerance, if it does.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Simulated less published; null without a published value.</summary>
    public double? Difference => Simulated - Published;

    /// <summary>Whether it is inside its tolerance; null if nothing is demanded of it.</summary>
    public bool? Holds => Least is null && Most is null ? null : !(Simulated < Least) && !(Simulated > Most) && !double.IsNaN(Simulated);

    /// <summary>A row that must come within a distance of the published value.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="published">What the paper has.</param>
    /// <param name="simulated">What the simulation has.</param>
    /// <param name="unit">The unit of both.</param>
    /// <param name="within">The distance.</param>
    /// <param name="kind">Fitted or predicted.</param>
    /// <returns>The row.</returns>
    public static ResultRow Near(string what, double published, double simulated, string unit, double within, RowKind kind = RowKind.Predicted) =>
        new(what, published, simulated, unit, kind, published - within, published + within);

    /// <summary>A row that is shown and nothing more.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="published">What the paper has, if anything.</param>
    /// <param name="simulated">What the simulation has.</param>
    /// <param name="unit">The unit of both.</param>
    /// <returns>The row.</returns>
    public static ResultRow Show(string what, double? published, double simulated, string unit) => new(what, published, simulated, unit, RowKind.Shown);
}

/// <summary>A curve.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="IsPublished">Whether it is the paper's; else it was simulated.</param>
/// <param name="X">Its x values.</param>
/// <param name="Y">Its y values, as many.</param>
public sealed record ResultSeries(string Name, bool IsPublished, ImmutableArray<double> X, ImmutableArray<double> Y);

/// <summary>What came of an experiment.</summary>
/// <param name="Experiment">Which.</param>
/// <param name="Rows">Published beside simulated numbers.</param>
/// <param name="Series">The curves, published and simulated.</param>
/// <param name="Notes">What must be known to read them.</param>
public sealed record ExperimentResult(Experiment Experiment, ImmutableArray<ResultRow> Rows, ImmutableArray<ResultSeries> Series, ImmutableArray<string> Notes)
{
    /// <summary>The row with this name.</summary>
    /// <param name="what">Its name.</param>
    /// <returns>The row.</returns>
    public ResultRow Row(string what) => Rows.First(r => r.What == what);

    /// <summary>Whether no row misses its tolerance.</summary>
    public bool Holds => Rows.All(r => r.Holds != false);
}
