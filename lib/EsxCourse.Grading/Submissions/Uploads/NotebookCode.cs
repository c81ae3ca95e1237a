using System.Collections.Immutable;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;
using EsxCourse.Notebooks;

namespace EsxCourse.Grading.Submissions.Uploads;

// A notebook as a submission: the cells that are the student's to write, each a source file of its own, so that an error stands at the
// student's own cell and line. nbgrader marks them in the metadata ({"nbgrader": {"solution": true}}); the tag "solution" does, too.
//
// Left out: statements outside a type. A cell's code is compiled, not run from top to bottom, so it must be types, as in a .cs file.

/// <summary>Takes the solution cells out of a notebook.</summary>
internal static class NotebookCode
{
    /// <summary>Reads them; none if the notebook has none.</summary>
    /// <exception cref="RefusedException">It is no notebook.</exception>
    public static ImmutableArray<SourceFile> Read(byte[] bytes, string name)
    {
        try
        {
            NotebookDocument notebook = NotebookFile.Parse(bytes, name);
            return [.. notebook.Cells.Index().Where(c => IsSolution(c.Item)).Select(c => new SourceFile($"{name} cell {c.Index + 1}", Code(c.Item)))];
        }
        catch (BadInputException bad)
        {
            throw new RefusedException($"holds a notebook that {PlainText.Line(bad.Problem, 150)} ({name})");
        }
    }

    private static bool IsSolution(NotebookCell cell) =>
        cell.Kind == CellKind.Code && cell.Kernel == "csharp"
        && ((cell.Metadata["nbgrader"] is JsonObject nbgrader && nbgrader["solution"] is JsonValue marked && marked.TryGetValue(out bool isSolution) && isSolution)
            || (cell.Metadata["tags"] is JsonArray tags && tags.Any(t => t is JsonValue tag && tag.TryGetValue(out string? text) && text == "solution")));

    /// <summary>The cell's text; the magic that names its language becomes an empty line, so that line numbers stay.</summary>
    private static string Code(NotebookCell cell) =>
        cell.Source.StartsWith("#!c", StringComparison.Ordinal) ? cell.Source[Math.Max(0, cell.Source.IndexOf('\n', StringComparison.Ordinal))..] : cell.Source;
}
