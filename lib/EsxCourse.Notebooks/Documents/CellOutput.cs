namespace EsxCourse.Notebooks;

/// <summary>One output of a code cell: a closed family, as nbformat has it.</summary>
public abstract record CellOutput;

/// <summary>Console text.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text as it was written.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>Something shown, in one or more MIME types; the reader picks the best that it can show.</summary>
/// <param name="Data">MIME type to content. JSON types hold the JSON text, images base64.</param>
public sealed record DisplayOutput(IReadOnlyDictionary<string, string> Data) : CellOutput
{
    /// <summary>The id under which later code may update it, or null. Not stored in the file.</summary>
    public string? DisplayId { get; init; }
}

/// <summary>The value of the cell's last expression.</summary>
/// <param name="ExecutionCount">The number of the run that made it, from 1.</param>
/// <param name="Data">MIME type to content, as in <see cref="DisplayOutput"/>.</param>
public sealed record ResultOutput(int ExecutionCount, IReadOnlyDictionary<string, string> Data) : CellOutput;

/// <summary>Why the cell failed.</summary>
/// <param name="Name">The exception's type, or <c>CompileError</c> and the like.</param>
/// <param name="Message">One line or a few.</param>
/// <param name="Traceback">The lines to show: where in which cell, then how it came there.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutput;
