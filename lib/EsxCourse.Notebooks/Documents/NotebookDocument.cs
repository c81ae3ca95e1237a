using System.Text.Json.Nodes;

namespace EsxCourse.Notebooks;

/// <summary>A notebook: cells in order and what is said about the whole. Immutable; running it makes a new one with outputs.</summary>
/// <remarks>
/// The model is nbformat 4.5's, whatever the file was: a <c>.dib</c> becomes the same cells. Which language a cell is in stays in the cell's
/// source as a magic (<c>#!mermaid</c>), because clients such as nbclient never send a cell's metadata to a kernel.
/// </remarks>
/// <param name="Cells">The cells, in order. Their ids are unique.</param>
public sealed record NotebookDocument(IReadOnlyList<NotebookCell> Cells)
{
    /// <summary>The file it was read from, or null. Relative paths in cells count from its folder.</summary>
    public string? Path { get; init; }

    /// <summary>The notebook's metadata as the file has it, the kernelspec among it. Not to be changed in place.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The first heading of the first level in the markdown, or the file's name, or <c>Notebook</c>.</summary>
    public string Title =>
        Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .SelectMany(cell => cell.Source.Split('\n'))
            .Where(line => line.StartsWith("# ", StringComparison.Ordinal))
            .Select(line => line[2..].Trim().Replace("`", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal))
            .FirstOrDefault()
        ?? System.IO.Path.GetFileNameWithoutExtension(Path)
        ?? "Notebook";

    /// <summary>The same notebook with no outputs and no execution counts: how the course stores its notebooks.</summary>
    public NotebookDocument WithoutOutputs() =>
        this with { Cells = [.. Cells.Select(cell => cell with { Outputs = [], ExecutionCount = null })] };
}
