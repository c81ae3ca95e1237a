using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Tests;

/// <summary>Notebooks from sources, run through a real session process.</summary>
internal static class Notebooks
{
    public static NotebookDocument Of(params string[] sources) => new([.. sources.Select((source, i) => new NotebookCell($"c{i + 1}", CellKind.Code, source))]);

    public static Task<NotebookRun> RunAsync(params string[] sources) =>
        NotebookRunner.RunAsync(Of(sources), cancel: TestContext.Current.CancellationToken);

    public static string Text(this NotebookRun run, int cell, string stream = "stdout") =>
        string.Concat(run.Document.Cells[cell - 1].Outputs.OfType<StreamOutput>().Where(output => output.Name == stream).Select(output => output.Text));

    public static string Plain(this NotebookRun run, int cell) =>
        string.Join('|', run.Document.Cells[cell - 1].Outputs.Select(output => output switch
        {
            DisplayOutput display => display.Data["text/plain"],
            ResultOutput result => result.Data["text/plain"],
            _ => null,
        }).OfType<string>());

    public static void AssertRan(this NotebookRun run) => Assert.Empty(run.Failures.Select(failure => failure.ToString()));
}
