namespace EsxCourse.Kernel;

/// <summary>How to run a notebook.</summary>
public sealed record NotebookRunOptions
{
    /// <summary>How long one cell may take before its process is stopped. Two minutes unless said otherwise; restoring packages counts.</summary>
    public TimeSpan CellLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether to run on after a cell that failed with its process alive. Unless said otherwise the rest is not run.</summary>
    public bool ContinueAfterFailure { get; init; }

    /// <summary>Whether the outputs go to a page that brings plotly.js and mermaid. If not, the first chart carries its script itself.</summary>
    public bool PageShipsScripts { get; init; } = true;

    /// <summary>The folder from which relative paths count; null: that of the notebook's file, else the current one.</summary>
    public string? Folder { get; init; }
}

/// <summary>A step of a run, for a progress display.</summary>
/// <param name="Cell">The number of the cell that begins or has ended, from 1.</param>
/// <param name="Of">How many cells the notebook has.</param>
/// <param name="Ended">What became of the cell, or null if it begins now.</param>
public sealed record CellProgress(int Cell, int Of, CellOutcome? Ended);
