using EsxCourse.Kernel;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli;

/// <summary>The kit's lectures, executed: all at once, each in a process of its own, as many as there are cores.</summary>
internal static class LectureRuns
{
    // The kit's own cells take half a minute at most; a machine that is ten times slower, or busy, gets through all the same.
    private static readonly NotebookRunOptions Options = new() { CellLimit = TimeSpan.FromMinutes(10) };

    /// <summary>The lecture notebooks in the order of the course, not executed.</summary>
    /// <param name="kit">The kit's folder.</param>
    public static NotebookDocument[] Read(string kit) =>
        [.. Directory.EnumerateFiles(Path.Combine(kit, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(NotebookFile.Read)];

    /// <summary>The name of a lecture: its file's, without the ending.</summary>
    public static string NameOf(NotebookDocument lecture) => Path.GetFileNameWithoutExtension(lecture.Path)!;

    /// <summary>How many cells there are to run, for a progress display.</summary>
    public static int CodeCells(IEnumerable<NotebookDocument> lectures) => lectures.Sum(lecture => lecture.Cells.Count(cell => cell.Kind == CellKind.Code));

    /// <summary>Runs them; results are in the order of the course.</summary>
    public static async Task<NotebookRun[]> ExecuteAsync(NotebookDocument[] lectures, IStage stage, CancellationToken cancellation)
    {
        NotebookRun[] runs = new NotebookRun[lectures.Length];
        ParallelOptions together = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForAsync(0, lectures.Length, together, async (i, cancel) =>
            runs[i] = await NotebookRunner.RunAsync(lectures[i], Options, progress: new CellSteps(stage, NameOf(lectures[i])), cancel: cancel));
        return runs;
    }

    private sealed class CellSteps(IStage stage, string notebook) : IProgress<CellProgress>
    {
        public void Report(CellProgress value)
        {
            if (value.Ended is not null)
                stage.Step($"{notebook}, cell {value.Cell}");
        }
    }
}
