using System.Diagnostics;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Engine;
using EsxCourse.Kernel.Session;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel;

/// <summary>Runs a notebook from top to bottom in a process of its own.</summary>
/// <remarks>
/// The whole notebook is read before anything runs: an unknown magic or a missing library is the author's bad input, not a failing cell. A cell
/// that runs too long is stopped by ending the process; one that ends its process is reported; in both cases the rest is not run. Nothing is left
/// running afterwards, also if the run is cancelled; and if this process is killed, the session's process ends by itself.
/// </remarks>
public static class NotebookRunner
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    /// <summary>Reads and runs a notebook.</summary>
    /// <param name="path">An <c>.ipynb</c> or <c>.dib</c> file.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told when a cell begins and ends; null for nobody.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <exception cref="BadInputException">The file is no notebook, has an unknown magic, or names a library that does not exist.</exception>
    public static Task<NotebookRun> RunAsync(string path, NotebookRunOptions? options = null, IProgress<CellProgress>? progress = null, CancellationToken cancel = default) =>
        RunAsync(NotebookFile.Read(path), options, progress, cancel);

    /// <summary>Runs a notebook.</summary>
    /// <param name="notebook">What to run; it stays as it is.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told when a cell begins and ends; null for nobody.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <exception cref="BadInputException">The notebook has an unknown magic or names a library that does not exist.</exception>
    public static async Task<NotebookRun> RunAsync(NotebookDocument notebook, NotebookRunOptions? options = null, IProgress<CellProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new NotebookRunOptions();
        string folder = Path.GetFullPath(options.Folder ?? (notebook.Path is null ? Environment.CurrentDirectory : Path.GetDirectoryName(notebook.Path)!));
        Check(notebook, folder);

        Stopwatch watch = Stopwatch.StartNew();
        await using SessionProcess session = await SessionProcess.StartAsync(folder, options.PageShipsScripts, cancel).ConfigureAwait(false);
        CellOutputs outputs = new(notebook.Cells.Count);
        List<CellOutcome> outcomes = [];
        bool stopped = false;
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            NotebookCell cell = notebook.Cells[i];
            if (cell.Kind != CellKind.Code)
                continue;
            if (stopped)
            {
                outcomes.Add(new CellOutcome(i + 1, CellStatus.NotRun, TimeSpan.Zero, null));
                continue;
            }

            progress?.Report(new CellProgress(i + 1, notebook.Cells.Count, null));
            (CellOutcome outcome, bool gone) = await RunCellAsync(session, outputs, cell, i, options.CellLimit, cancel).ConfigureAwait(false);
            stopped = gone || (outcome.Status == CellStatus.Failed && !options.ContinueAfterFailure && !MayFail(cell));
            if (outcome.Status == CellStatus.Failed && !gone && MayFail(cell))
                outcome = outcome with { Status = CellStatus.Ran, Failure = null };
            outcomes.Add(outcome);
            progress?.Report(new CellProgress(i + 1, notebook.Cells.Count, outcome));
        }

        NotebookCell[] cells = [.. notebook.Cells.Select((cell, i) => cell.Kind == CellKind.Code ? cell with { Outputs = outputs.Of(i), ExecutionCount = outputs.CountOf(i) } : cell)];
        return new NotebookRun(notebook with { Cells = cells }, outcomes, watch.Elapsed);
    }

    /// <summary>Says what in a notebook could not be run, before anything does.</summary>
    private static void Check(NotebookDocument notebook, string folder)
    {
        string name = notebook.Path ?? "notebook";
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            NotebookCell cell = notebook.Cells[i];
            if (cell.Kind != CellKind.Code)
                continue;
            string place = $"{name}: cell {i + 1}";
            foreach (CellStep step in CellScript.Parse(cell.Source, cell.Kernel, place))
                foreach (DirectiveStep directive in step is CodeStep code ? code.References : step is DirectiveStep magic ? [magic] : [])
                    CSharpEngine.Check(directive, folder, $"{place}, line {directive.Line}");
        }
    }

    private static async Task<(CellOutcome Outcome, bool Gone)> RunCellAsync(SessionProcess session, CellOutputs outputs, NotebookCell cell, int index, TimeSpan limit, CancellationToken cancel)
    {
        Stopwatch watch = Stopwatch.StartNew();
        outputs.Begin(index);
        using CancellationTokenSource tooLong = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        tooLong.CancelAfter(outputs.IsFirst ? limit + StartLimit : limit);
        session.Ask(new RunCell($"cell {index + 1}", cell.Source, cell.Kernel));
        try
        {
            await foreach (SessionEvent said in session.Events.ReadAllAsync(tooLong.Token).ConfigureAwait(false))
            {
                if (said is SessionReady)
                {
                    // The cell's time begins when the session can take it.
                    watch.Restart();
                    tooLong.CancelAfter(limit);
                }
                else if (said is CellDone done)
                    return (End(done.Failure, null), false);
                else
                    outputs.Add(said);
            }

            (string name, string sentence) = await session.WhyGoneAsync().ConfigureAwait(false);
            return (End(new FailureFrame(name, sentence, [sentence], null, null), sentence), true);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            session.Kill();
            string sentence = $"The cell was stopped: it ran longer than the limit of {limit.TotalSeconds:0.###} s.";
            return (End(new FailureFrame("CellTimeout", sentence, [sentence], null, null), sentence), true);
        }

        CellOutcome End(FailureFrame? failure, string? sentence)
        {
            if (failure is null)
                return new CellOutcome(index + 1, CellStatus.Ran, watch.Elapsed, null);
            outputs.AddError(failure);
            string message = sentence ?? (failure.Name is "CompileError" or "BadInput" ? failure.Message : $"{failure.Name}: {failure.Message}");
            return new CellOutcome(index + 1, CellStatus.Failed, watch.Elapsed, new CellFailure(index + 1, failure.Line, message.ReplaceLineEndings(" ")));
        }
    }

    /// <summary>Whether the author expects the cell to fail: the tag <c>raises-exception</c>, as for nbclient.</summary>
    private static bool MayFail(NotebookCell cell) =>
        cell.Metadata["tags"] is System.Text.Json.Nodes.JsonArray tags && tags.Any(tag => tag?.ToString() == "raises-exception");
}
