using System.Text.Json.Nodes;
using EsxCourse.Notebooks;

namespace EsxCourse.Grading.Homework;

/// <summary>What a cell of a homework notebook is to nbgrader, and so to its tools (metadata schema 3).</summary>
internal enum CellRole
{
    /// <summary>Text or code that stays as it is.</summary>
    ReadOnly,

    /// <summary>What the student writes. Worth nothing by itself: the checks give the points.</summary>
    Solution,

    /// <summary>A check: its points are earned if it runs without an error.</summary>
    Check,
}

/// <summary>nbgrader's metadata of a cell.</summary>
internal static class NbgraderCell
{
    private const string Key = "nbgrader";
    private const int SchemaVersion = 3;

    /// <summary>A cell with its metadata. The notebook's own id of it is the grade id, too, so that it is known again when the metadata got lost.</summary>
    /// <param name="gradeId">Letters, digits, <c>-</c> and <c>_</c>; at most 64 of them, unique in the notebook.</param>
    /// <param name="kind">Code or markdown.</param>
    /// <param name="source">What it says.</param>
    /// <param name="role">What it is to nbgrader.</param>
    /// <param name="points">What a check is worth.</param>
    public static NotebookCell Make(string gradeId, CellKind kind, string source, CellRole role, int points = 0)
    {
        // Keys in the order in which Jupyter writes them.
        JsonObject nbgrader = new()
        {
            ["cell_type"] = kind == CellKind.Code ? "code" : "markdown",
            ["grade"] = role == CellRole.Check,
            ["grade_id"] = gradeId,
            ["locked"] = role != CellRole.Solution,
        };
        if (role == CellRole.Check)
            nbgrader["points"] = points;
        nbgrader["schema_version"] = SchemaVersion;
        nbgrader["solution"] = role == CellRole.Solution;
        nbgrader["task"] = false;
        JsonObject metadata = new() { ["deletable"] = false };
        if (role != CellRole.Solution)
            metadata["editable"] = false;
        metadata[Key] = nbgrader;
        return new NotebookCell(gradeId, kind, source) { Metadata = metadata };
    }

    /// <summary>The cell's grade id, or null.</summary>
    public static string? GradeIdOf(NotebookCell cell) => Of(cell)?["grade_id"] is JsonValue id && id.TryGetValue(out string? text) ? text : null;

    /// <summary>Whether it is marked as the student's to write.</summary>
    public static bool IsSolution(NotebookCell cell) => Of(cell)?["solution"] is JsonValue marked && marked.TryGetValue(out bool isSolution) && isSolution;

    /// <summary>Whether nbgrader's metadata is there at all.</summary>
    public static bool IsMarked(NotebookCell cell) => cell.Metadata.ContainsKey(Key);

    /// <summary>Whether a cell has all that a released one says to nbgrader. It may say more: nbgrader itself adds a checksum.</summary>
    public static bool Keeps(NotebookCell cell, NotebookCell released) =>
        Of(cell) is { } theirs && Of(released)!.All(said => JsonNode.DeepEquals(theirs[said.Key], said.Value));

    private static JsonObject? Of(NotebookCell cell) => cell.Metadata[Key] as JsonObject;
}
