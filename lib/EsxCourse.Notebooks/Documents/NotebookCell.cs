using System.Text.Json.Nodes;

namespace EsxCourse.Notebooks;

/// <summary>What a cell is, as nbformat has it.</summary>
public enum CellKind
{
    /// <summary>Code, in C# or, behind a magic, in another of the dialect's languages.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Text that is passed on as it is; never run.</summary>
    Raw,
}

/// <summary>One cell of a notebook.</summary>
/// <param name="Id">1 to 64 letters, digits, <c>-</c> or <c>_</c>; unique in the notebook.</param>
/// <param name="Kind">What the cell is.</param>
/// <param name="Source">The text, with <c>\n</c> between lines and none at the end.</param>
public sealed record NotebookCell(string Id, CellKind Kind, string Source)
{
    /// <summary>The line of the file on which the cell begins, from 1; 0 if it came from no file. For messages only.</summary>
    public int FileLine { get; init; }

    /// <summary>The cell's metadata as the file has it. Not to be changed in place.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Files that the cell's markdown shows, by name and MIME type, or null.</summary>
    public JsonObject? Attachments { get; init; }

    /// <summary>The number in square brackets beside a code cell that has run, or null.</summary>
    public int? ExecutionCount { get; init; }

    /// <summary>What a code cell has put out, in order.</summary>
    public IReadOnlyList<CellOutput> Outputs { get; init; } = [];

    /// <summary>The language that an editor noted in the metadata for a cell without a magic, or <c>csharp</c>.</summary>
    public string Kernel =>
        Named("polyglot_notebook", "kernelName") ?? Named("dotnet_interactive", "language") ?? "csharp";

    private string? Named(string group, string key) =>
        Metadata[group] is JsonObject noted && noted[key] is JsonValue value && value.TryGetValue(out string? name) && name.Length > 0 ? name : null;
}
