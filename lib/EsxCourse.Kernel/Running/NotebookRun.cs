using EsxCourse.Notebooks;

namespace EsxCourse.Kernel;

/// <summary>What became of one cell.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end; or there was nothing in it to run.</summary>
    Ran,

    /// <summary>It failed, ran too long, or ended its process.</summary>
    Failed,

    /// <summary>It was not run, because a cell before it failed.</summary>
    NotRun,
}

/// <summary>Why a cell failed.</summary>
/// <param name="Cell">The number of the cell in the notebook, from 1, prose counted too.</param>
/// <param name="Line">The line in the cell, from 1, or null if it is not known.</param>
/// <param name="Message">One line: what happened.</param>
public sealed record CellFailure(int Cell, int? Line, string Message)
{
    /// <summary>Cell, line and message as one line.</summary>
    public override string ToString() => Line is { } line ? $"cell {Cell}, line {line}: {Message}" : $"cell {Cell}: {Message}";
}

/// <summary>One code cell's part of a run.</summary>
/// <param name="Cell">The number of the cell in the notebook, from 1, prose counted too.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Elapsed">How long it ran; zero if it did not.</param>
/// <param name="Failure">Why it failed, or null.</param>
public sealed record CellOutcome(int Cell, CellStatus Status, TimeSpan Elapsed, CellFailure? Failure);

/// <summary>A notebook that has been run.</summary>
/// <param name="Document">The notebook with the outputs of this run and none of an earlier one.</param>
/// <param name="Cells">Each code cell, in order.</param>
/// <param name="Elapsed">How long it took, the start of the session included.</param>
public sealed record NotebookRun(NotebookDocument Document, IReadOnlyList<CellOutcome> Cells, TimeSpan Elapsed)
{
    /// <summary>The cells that failed.</summary>
    public IReadOnlyList<CellFailure> Failures { get; } = [.. Cells.Select(cell => cell.Failure).OfType<CellFailure>()];

    /// <summary>Whether every code cell ran to its end.</summary>
    public bool Succeeded => Cells.All(cell => cell.Status == CellStatus.Ran);
}
